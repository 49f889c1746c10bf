package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.hscl.engine.Scalar;

/** One step of MixMatch as DivideMix takes it (Li et al. 2020, Algorithm 1 and Eq. 4–10). No gradient flows through targets. */
final class MixMatch {

    /** T of the sharpening. */
    static final double TEMPERATURE = 0.5;

    /** Beta(4, 4), of which the mixing factor is drawn, is the law of the middle one of seven uniform draws. */
    private static final int DRAWS = 7;

    private MixMatch() {}

    /** q^{1/T} / Σ q^{1/T}, (B, C). */
    static NDArray sharpen(NDArray q) {
        NDArray power = q.pow(Scalar.of(q, 1 / TEMPERATURE));
        return power.div(power.sum(new int[] {1}, true));
    }

    /** Eq. 5: the mean of what both networks say of both views, sharpened. Each of {@code logits} is (B, C). */
    static NDArray guess(NDList logits) {
        return sharpen(meanOfSoftmax(logits)).stopGradient();
    }

    /**
     * Eq. 3: given labels, corrected by the network's own opinion as far as they are not believed.
     *
     * @param given one-hot, (B, C)
     * @param believed w, the probability that a label is right, (B, 1)
     * @param logits of both views, each (B, C)
     */
    static NDArray refine(NDArray given, NDArray believed, NDList logits) {
        NDArray doubted = Scalar.plus(believed.neg(), 1).mul(meanOfSoftmax(logits));
        return sharpen(believed.mul(given).add(doubted)).stopGradient();
    }

    private static NDArray meanOfSoftmax(NDList logits) {
        NDList probabilities = new NDList(logits.stream().map(array -> array.softmax(1)).toList());
        return NDArrays.stack(probabilities).mean(new int[] {0});
    }

    /** l = max(β, 1 − β) of a drawn β, in [½, 1). */
    static double drawMix(SplittableRandom random) {
        double[] draws = random.doubles(DRAWS).sorted().toArray();
        return Math.max(draws[DRAWS / 2], 1 - draws[DRAWS / 2]);
    }

    /** Eq. 8–9: l · row i + (1 − l) · row order(i). */
    static NDArray mix(NDArray rows, double l, int[] order) {
        NDArray index = rows.getManager().create(Arrays.stream(order).asLongStream().toArray());
        return Scalar.times(rows, l).add(Scalar.times(rows.get(index), 1 - l));
    }

    /** L_x: mean cross-entropy with soft targets. */
    static NDArray labeled(NDArray logits, NDArray targets) {
        return logits.logSoftmax(1).mul(targets).sum(new int[] {1}).mean().neg();
    }

    /** L_u: mean over rows and classes of (p − target)². */
    static NDArray unlabeled(NDArray logits, NDArray targets) {
        return logits.softmax(1).sub(targets).square().mean();
    }

    /**
     * Σ_c prior_c log(prior_c / mean over rows of p_c): keeps the network from calling everything one class.
     *
     * @param prior of each class, (C)
     */
    static NDArray penalty(NDArray logits, double... prior) {
        float[] expected = new float[prior.length];
        for (int c = 0; c < prior.length; c++) {
            expected[c] = (float) prior[c];
        }
        NDArray wanted = logits.getManager().create(expected, new Shape(prior.length));
        return wanted.mul(wanted.div(logits.softmax(1).mean(new int[] {0})).log()).sum();
    }

    /**
     * λ(e): rises from 0 to λ_u when the warm-up is over.
     *
     * @param weight λ_u
     * @param epoch with the part of it that is done
     * @param length of the rise in epochs; published 16
     */
    static double ramp(double weight, double epoch, double warmUp, double length) {
        return weight * Math.min(1, Math.max(0, (epoch - warmUp) / length));
    }

    /** Mean over rows of Σ p log p: what the warm-up adds, so that one-sided noise is not learned with confidence. */
    static NDArray negativeEntropy(NDArray logits) {
        return logits.softmax(1).mul(logits.logSoftmax(1)).sum(new int[] {1}).mean();
    }
}
