package org.hscl.eval;

import org.hscl.loss.Variant;

/**
 * The ensemble score over augmented samples.
 *
 * @param variant paper: calibrated on L⁺ ∪ U, prototypes normalized; released: on all training images, not normalized
 * @param samples S, augmented samples of an image, each in four rotations; released 10
 * @param seed of the samples' augmentations
 */
public record EnsembleConfig(Variant variant, int samples, long seed) {

    /** Checks the range. */
    public EnsembleConfig {
        if (samples < 1) {
            throw new IllegalArgumentException("samples is " + samples + "; give at least 1 (released: 10)");
        }
    }

    /** Ten samples in the paper's variant. */
    public static EnsembleConfig defaults() {
        return new EnsembleConfig(Variant.PAPER, 10, 1);
    }

    /** The other variant. */
    public EnsembleConfig withVariant(Variant form) {
        return new EnsembleConfig(form, samples, seed);
    }

    /** Another number of samples. */
    public EnsembleConfig withSamples(int count) {
        return new EnsembleConfig(variant, count, seed);
    }

    /** Another seed. */
    public EnsembleConfig withSeed(long number) {
        return new EnsembleConfig(variant, samples, number);
    }
}
