package org.hscl.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hscl.loss.LossTerm;

/**
 * Where a training stands.
 *
 * @param epoch the epoch under way, from 1
 * @param epochs all epochs
 * @param step steps done in this epoch
 * @param steps steps an epoch
 * @param losses of the last step, by name: the total first, then its terms
 * @param learningRate of the last step
 * @param imagesPerSecond training images a second since the start
 * @param secondsLeft estimated time to the end, in seconds
 */
public record Progress(
        int epoch,
        int epochs,
        int step,
        int steps,
        Map<String, Float> losses,
        double learningRate,
        double imagesPerSecond,
        double secondsLeft) {

    /** Copies the map, in order. */
    public Progress {
        losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
    }

    /** Part of the training that is done, in [0, 1]. */
    public double done() {
        return (epoch - 1 + (double) step / steps) / epochs;
    }

    /** One line: epoch, step, the losses, the learning rate, the speed, the time left. */
    public String line() {
        String terms = losses.entrySet().stream()
                .filter(loss -> !loss.getKey().equals(LossTerm.TOTAL))
                .map(loss -> "%s %.2f".formatted(LossTerm.symbol(loss.getKey()), loss.getValue()))
                .collect(Collectors.joining(" + "));
        return "epoch %d/%d step %d/%d  loss %.2f%s  rate %.1e  %.0f images/s  %s left"
                .formatted(
                        epoch, epochs, step, steps, losses.get(LossTerm.TOTAL), terms.isEmpty() ? "" : " = " + terms,
                        learningRate, imagesPerSecond, clock(Math.round(secondsLeft)));
    }

    private static String clock(long seconds) {
        return seconds < 3600
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** How fast a training goes, and how long it still takes. */
    static final class Pace {

        private final TrainingState state;
        private final int epochs;
        private final int steps;
        private final long start = System.nanoTime();
        private final double doneAtStart;
        private long images;

        Pace(TrainingState state, int epochs, int steps) {
            this.state = state;
            this.epochs = epochs;
            this.steps = steps;
            doneAtStart = stepsDone();
        }

        void add(int count) {
            images += count;
        }

        double imagesPerSecond() {
            return images / seconds();
        }

        Progress progress(double learningRate) {
            double pace = (stepsDone() - doneAtStart) / seconds();
            double left = ((double) epochs * steps - stepsDone()) / pace;
            float[] last = state.epochLosses.get(state.epochLosses.size() - 1);
            List<String> names = state.loss.names();
            Map<String, Float> losses = new LinkedHashMap<>();
            for (int i = 0; i < last.length; i++) {
                losses.put(names.get(i), last[i]);
            }
            return new Progress(
                    state.epoch + 1, epochs, state.step, steps, losses, learningRate, imagesPerSecond(), left);
        }

        private double stepsDone() {
            return (double) state.epoch * steps + state.step;
        }

        private double seconds() {
            return Math.max((System.nanoTime() - start) * 1e-9, 1e-9);
        }
    }
}
