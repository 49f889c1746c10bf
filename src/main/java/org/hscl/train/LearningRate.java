package org.hscl.train;

import org.hscl.loss.Variant;

/**
 * Linear warm-up, then half a cosine down to the floor (Loshchilov and Hutter 2016).
 *
 * @param config peak, floor and warm-up
 * @param epochs length of the training; paper 250
 */
public record LearningRate(OptimizerConfig config, int epochs) {

    /** Peak of the released schedule, in units of its first rate. */
    private static final double RELEASED_PEAK = 10;

    /** Checks the length. */
    public LearningRate {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs is " + epochs + "; give at least 1 (paper: 250)");
        }
    }

    /**
     * The rate after a number of epochs.
     *
     * @param epoch epochs done, fractional, in [0, epochs]
     */
    public double rate(double epoch) {
        double warmup = config.warmupEpochs();
        if (config.schedule() == Variant.PAPER) {
            return epoch < warmup
                    ? config.learningRate() * epoch / warmup
                    : cosine(config.learningRate(), (epoch - warmup) / Math.max(epochs - warmup, Double.MIN_NORMAL));
        }
        // The released code divides by all epochs, not by those after the warm-up, so it ends above the floor.
        return epoch <= warmup
                ? config.learningRate() * (1 + (RELEASED_PEAK - 1) * (warmup == 0 ? 1 : epoch / warmup))
                : cosine(RELEASED_PEAK * config.learningRate(), (epoch - warmup) / epochs);
    }

    /**
     * The rate of a step.
     *
     * @param epoch the epoch, from 0
     * @param step the step within it, from 0
     * @param steps steps an epoch
     */
    public double ofStep(int epoch, int step, int steps) {
        if (config.schedule() == Variant.PAPER) {
            return rate(epoch + (step + 1.0) / steps); // so that no step has rate 0
        }
        long before = (long) epoch * steps + step - 1; // the released code sets the rate after each step
        return before < 0 ? config.learningRate() : rate((double) before / steps);
    }

    /**
     * Warns of a warm-up that does not end, and refuses a training too short to learn: its only steps lie at the end of the cosine.
     *
     * @param steps steps an epoch
     * @throws TrainingException if no step's rate rises clearly above the floor
     */
    void check(int steps, TrainingListener listener) {
        if (config.warmupEpochs() >= epochs) {
            listener.onMessage("warning: the warm-up of %s epochs does not end within the %d epochs"
                    .formatted(config.warmupEpochs(), epochs));
        }
        double highest = 0;
        for (int step = 0; step < Math.min((long) epochs * steps, 1_000); step++) {
            highest = Math.max(highest, ofStep(step / steps, step % steps, steps));
        }
        if (config.floor() < config.learningRate() / 2 && highest <= 2 * config.floor()) {
            throw new TrainingException("the learning rate would stay at its floor %s, as there are only %d steps; %s"
                    .formatted(config.floor(), epochs * steps, "give more epochs, smaller batches or more images"));
        }
    }

    private double cosine(double peak, double part) {
        return config.floor() + (peak - config.floor()) * (1 + Math.cos(Math.PI * part)) / 2;
    }
}
