package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import org.hscl.train.HsclConfig;
import org.hscl.train.LearningRate;

/**
 * Some epochs of a training under one learning rate.
 *
 * @param first its first epoch, from 0
 * @param epochs how many
 * @param rate of a step of it
 */
record TrainingPhase(int first, int epochs, Rate rate) {

    /** The learning rate by the epoch of the phase, the step within it and the steps of an epoch. */
    @FunctionalInterface
    interface Rate {
        double of(int epoch, int step, int steps);
    }

    /** Warm-up and cosine over these epochs. */
    static TrainingPhase cosine(HsclConfig config, int first, int epochs) {
        return new TrainingPhase(first, epochs, new LearningRate(config.optimizer(), epochs)::ofStep);
    }

    /** What a method minimizes. */
    @FunctionalInterface
    interface Objective {
        /**
         * The loss of one batch.
         *
         * @param rows training images of this batch, (B)
         * @param random this step's randomness
         * @param scratch owns all that the step makes
         * @return a scalar
         */
        NDArray loss(int[] rows, SplittableRandom random, NDManager scratch);
    }
}
