package org.hscl.features;

import org.hscl.loss.LossTerms;
import org.jspecify.annotations.Nullable;

/**
 * What is learned on features: a head of two layers and a prototype, by S-P and N-A (Eq. 3–7) on all labeled rows and some
 * unlabeled ones a step, with noise on the features in the place of augmented views. Averaged over several heads.
 *
 * @param hidden numbers between the two layers, at least 1
 * @param dimensions of the projection, at least 1; paper 128
 * @param dropout share of numbers that are left out before each layer, in [0, 1)
 * @param noise standard deviation of what is added to standardized features, at least 0
 * @param temperature τ of N-A, above 0; paper 0.5, but cached features want less
 * @param threshold η of Eq. 7, in [0, 1); the released code has 0.4, but cached features want more
 * @param sharpening the power of an unlabeled row's weight in S-P once {@code sharpenFrom} steps are done; 1 is Eq. 5 itself, which is
 *     too mild where similarities saturate, so that hidden anomalies keep half their weight
 * @param sharpenFrom steps before that, at least 0
 * @param steps of training, at least 1
 * @param unlabeledRows unlabeled rows a step, at least 1
 * @param learningRate of Adam, above 0
 * @param heads how many are trained and averaged, at least 1
 * @param seed of all draws
 * @param prototypes K, at least 1; paper 1; absent in files from before the setting, which had 1
 * @param terms which relations are on; S-S and shift have no place here, and a part of S-P must stay for Eq. 9 to be taken of
 */
public record HeadConfig(
        int hidden,
        int dimensions,
        double dropout,
        double noise,
        double temperature,
        double threshold,
        double sharpening,
        int sharpenFrom,
        int steps,
        int unlabeledRows,
        double learningRate,
        int heads,
        long seed,
        @Nullable Integer prototypes,
        @Nullable LossTerms terms) {

    /** Checks the ranges. */
    public HeadConfig {
        check("hidden", hidden, hidden >= 1, "1 or more");
        check("dimensions", dimensions, dimensions >= 1, "1 or more");
        check("dropout", dropout, dropout >= 0 && dropout < 1, "a share in [0, 1)");
        check("noise", noise, noise >= 0, "0 or more");
        check("temperature", temperature, temperature > 0, "a number above 0");
        check("threshold", threshold, threshold >= 0 && threshold < 1, "a number in [0, 1)");
        check("sharpening", sharpening, sharpening >= 1, "a power of 1 or more");
        check("sharpenFrom", sharpenFrom, sharpenFrom >= 0, "0 or more");
        check("steps", steps, steps >= 1, "1 or more");
        check("unlabeledRows", unlabeledRows, unlabeledRows >= 1, "1 or more");
        check("learningRate", learningRate, learningRate > 0, "a number above 0");
        check("heads", heads, heads >= 1, "1 or more");
        prototypes = prototypes == null ? 1 : prototypes;
        check("prototypes", prototypes, prototypes >= 1, "1 or more");
        terms = terms == null ? LossTerms.all() : terms;
        if (!terms.prototypes()) {
            throw new IllegalArgumentException(
                    "both parts of sample-to-prototype are off, which gives the prototypes that pictures are scored by; leave one on");
        }
    }

    private static void check(String name, Number value, boolean right, String wanted) {
        if (!right) {
            throw new IllegalArgumentException("%s is %s; give %s".formatted(name, value, wanted));
        }
    }

    /** Chosen on airplanes and deer of CIFAR-10, with a tenth of dirt; more dirt wants {@link #withSharpening} of 12 to 30. */
    public static HeadConfig defaults() {
        return new HeadConfig(512, 128, 0.2, 0.6, 0.1, 0.7, 1, 100, 400, 256, 1e-3, 3, 1, 1, LossTerms.all());
    }

    /** Another power of unlabeled weights in S-P; 1 is Eq. 5. */
    public HeadConfig withSharpening(double power) {
        return new HeadConfig(hidden, dimensions, dropout, noise, temperature, threshold, power, sharpenFrom, steps, unlabeledRows,
                learningRate, heads, seed, prototypes, terms);
    }

    /** Another η. */
    public HeadConfig withThreshold(double eta) {
        return new HeadConfig(hidden, dimensions, dropout, noise, temperature, eta, sharpening, sharpenFrom, steps, unlabeledRows,
                learningRate, heads, seed, prototypes, terms);
    }

    /** Another number of steps. */
    public HeadConfig withSteps(int count) {
        return new HeadConfig(hidden, dimensions, dropout, noise, temperature, threshold, sharpening, sharpenFrom, count, unlabeledRows,
                learningRate, heads, seed, prototypes, terms);
    }

    /** Another number of heads. */
    public HeadConfig withHeads(int count) {
        return new HeadConfig(hidden, dimensions, dropout, noise, temperature, threshold, sharpening, sharpenFrom, steps, unlabeledRows,
                learningRate, count, seed, prototypes, terms);
    }

    /** Another seed. */
    public HeadConfig withSeed(long newSeed) {
        return new HeadConfig(hidden, dimensions, dropout, noise, temperature, threshold, sharpening, sharpenFrom, steps, unlabeledRows,
                learningRate, heads, newSeed, prototypes, terms);
    }

    /** Another number of prototypes K. */
    public HeadConfig withPrototypes(int k) {
        return new HeadConfig(hidden, dimensions, dropout, noise, temperature, threshold, sharpening, sharpenFrom, steps, unlabeledRows,
                learningRate, heads, seed, k, terms);
    }

    /** Other relations: rows of Table 5. */
    public HeadConfig withTerms(LossTerms which) {
        return new HeadConfig(hidden, dimensions, dropout, noise, temperature, threshold, sharpening, sharpenFrom, steps, unlabeledRows,
                learningRate, heads, seed, prototypes, which);
    }
}
