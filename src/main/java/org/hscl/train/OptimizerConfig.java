package org.hscl.train;

import org.hscl.loss.Variant;

/**
 * Adam and its learning rate.
 *
 * @param schedule the paper's schedule or the released code's, which peaks at ten times the rate
 * @param learningRate peak rate of the paper's schedule, first rate of the released one; paper 1e-3
 * @param floor rate at the end of the cosine; released 1e-6
 * @param warmupEpochs epochs of linear warm-up; paper 10
 * @param weightDecay L2 penalty added to the gradient; released 1e-6
 */
public record OptimizerConfig(
        Variant schedule, double learningRate, double floor, double warmupEpochs, double weightDecay) {

    /** Checks the ranges. */
    public OptimizerConfig {
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("learningRate is " + learningRate + "; give a value above 0 (paper: 1e-3)");
        }
        if (!(floor >= 0 && floor <= learningRate)) {
            throw new IllegalArgumentException("floor is " + floor + "; give a value from 0 to the learning rate");
        }
        if (!(warmupEpochs >= 0) || Double.isInfinite(warmupEpochs)) {
            throw new IllegalArgumentException("warmupEpochs is " + warmupEpochs + "; give at least 0 (paper: 10)");
        }
        if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
            throw new IllegalArgumentException("weightDecay is " + weightDecay + "; give at least 0 (released: 1e-6)");
        }
    }

    /** The paper's optimization. */
    public static OptimizerConfig defaults() {
        return new OptimizerConfig(Variant.PAPER, 1e-3, 1e-6, 10, 1e-6);
    }

    /** The other schedule. */
    public OptimizerConfig withSchedule(Variant variant) {
        return new OptimizerConfig(variant, learningRate, floor, warmupEpochs, weightDecay);
    }

    /** Another learning rate. */
    public OptimizerConfig withLearningRate(double rate) {
        return new OptimizerConfig(schedule, rate, Math.min(floor, rate), warmupEpochs, weightDecay);
    }

    /** Another length of the warm-up, in epochs. */
    public OptimizerConfig withWarmupEpochs(double epochs) {
        return new OptimizerConfig(schedule, learningRate, floor, epochs, weightDecay);
    }

    /** Another L2 penalty. */
    public OptimizerConfig withWeightDecay(double decay) {
        return new OptimizerConfig(schedule, learningRate, floor, warmupEpochs, decay);
    }
}
