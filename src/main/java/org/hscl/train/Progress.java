package org.hscl.train;

/**
 * Where a training stands.
 *
 * @param epoch the epoch under way, from 1
 * @param epochs all epochs
 * @param step steps done in this epoch
 * @param steps steps an epoch
 * @param losses of the last step: total, sample-to-sample, shift, sample-to-prototype, normal-to-abnormal, (5)
 * @param learningRate of the last step
 * @param imagesPerSecond training images a second since the start
 * @param secondsLeft estimated time to the end, in seconds
 */
public record Progress(
        int epoch,
        int epochs,
        int step,
        int steps,
        float[] losses,
        double learningRate,
        double imagesPerSecond,
        double secondsLeft) {

    /** Part of the training that is done, in [0, 1]. */
    public double done() {
        return (epoch - 1 + (double) step / steps) / epochs;
    }

    /** One line: epoch, step, the losses, the learning rate, the speed, the time left. */
    public String line() {
        long left = Math.round(secondsLeft);
        return ("epoch %d/%d step %d/%d  loss %.2f = S-S %.2f + shift %.2f + S-P %.2f + N-A %.2f"
                        + "  rate %.1e  %.0f images/s  %s left")
                .formatted(
                        epoch, epochs, step, steps, losses[0], losses[1], losses[2], losses[3], losses[4],
                        learningRate, imagesPerSecond, clock(left));
    }

    private static String clock(long seconds) {
        return seconds < 3600
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
