package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.hscl.engine.Scalar;
import org.hscl.eval.Roc;

/**
 * Elsa's energy: s = log Σ_k exp(ẑ·p_k / τ), largest at a prototype. Normal rows pay 1 / s, labeled anomalies 1 / (C − s) with
 * C = log K + 1/τ, the largest s that there is (the released code's form).
 *
 * @param prototypes K; below e^{1/τ} s can be 0, where the loss has no bound and then the wrong sign
 * @param temperature τ; published 0.5
 */
record Energy(int prototypes, double temperature) {

    /** The smallest K at τ = 0.5. */
    static final int LEAST_PROTOTYPES = 8;

    /** C − s is at least this. */
    private static final double CLOSEST = 1e-6;
    private static final double TINY = 1e-12;

    Energy {
        if (prototypes <= Math.exp(1 / temperature)) {
            throw new IllegalArgumentException("Elsa has K = %d prototypes at τ = %s; give at least %d, or its energy has no bound"
                    .formatted(prototypes, temperature, (int) Math.exp(1 / temperature) + 1));
        }
    }

    /** C. */
    double largest() {
        return Math.log(prototypes) + 1 / temperature;
    }

    /** ẑ, (N, D). */
    static NDArray unit(NDArray z) {
        return z.div(Scalar.plus(z.square().sum(new int[] {1}, true), TINY * TINY).sqrt());
    }

    /** s: (N, D) not normalized, (K, D) of length 1 → (N, 1). */
    NDArray of(NDArray z, NDArray prototypes) {
        return logSumExp(Scalar.times(cosines(z, prototypes), 1 / temperature));
    }

    /** The score, which has no τ: log Σ_k exp(ẑ·p_k), (N, 1). */
    static NDArray score(NDArray z, NDArray prototypes) {
        return logSumExp(cosines(z, prototypes));
    }

    /** ẑ·p_k, (N, K). Prototypes outlive a batch; what is computed from them must not. */
    private static NDArray cosines(NDArray z, NDArray prototypes) {
        NDArray local = z.getManager().zeros(prototypes.getShape(), z.getDataType()).add(prototypes);
        return unit(z).matMul(local.transpose());
    }

    /** Similarities lie within ±1/τ, so that no exponential overflows. */
    private static NDArray logSumExp(NDArray logits) {
        return logits.exp().sum(new int[] {1}, true).log();
    }

    /**
     * The mean over rows of what each pays.
     *
     * @param z (N, D), not normalized
     * @param prototypes (K, D)
     * @param abnormal which rows are of L⁻, (N)
     */
    NDArray loss(NDArray z, NDArray prototypes, boolean[] abnormal) {
        NDArray s = of(z, prototypes);
        NDArray repelled = mask(z, abnormal, true);
        NDArray left = Scalar.plus(s.neg(), largest());
        NDArray one = Scalar.of(s, 1);
        NDArray pushed = one.div(left.maximum(Scalar.of(left, CLOSEST))).mul(repelled);
        return one.div(s).mul(mask(z, abnormal, false)).add(pushed).mean();
    }

    private static NDArray mask(NDArray like, boolean[] abnormal, boolean wanted) {
        float[] flags = new float[abnormal.length];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = abnormal[i] == wanted ? 1 : 0;
        }
        return like.getManager().create(flags, new Shape(flags.length, 1)).toType(like.getDataType(), false);
    }

    /**
     * Mean cross-entropy of the rotation over the rows that are not of L⁻; 0 if all are.
     *
     * @param logits (N, 4)
     * @param rotation 0 … 3, (N)
     * @param abnormal which rows are of L⁻, (N)
     */
    static NDArray shiftLoss(NDArray logits, int[] rotation, boolean[] abnormal) {
        int classes = (int) logits.getShape().get(1);
        float[] chosen = new float[rotation.length * classes];
        int count = 0;
        for (int i = 0; i < rotation.length; i++) {
            chosen[i * classes + rotation[i]] = abnormal[i] ? 0 : 1;
            count += abnormal[i] ? 0 : 1;
        }
        NDArray own = logits.getManager().create(chosen, new Shape(rotation.length, classes)).toType(logits.getDataType(), false);
        return Scalar.times(logits.logSoftmax(1).mul(own).sum(), -1.0 / Math.max(1, count));
    }

    /** Scores of rotations, rotation-major, summed for each image: (R · N, 1) → (N). */
    static NDArray sumOfRotations(NDArray scores, int rotations) {
        return scores.reshape(rotations, -1).sum(new int[] {0});
    }

    /** z̄: the mean over samples of un-normalized projections, (N, D); the score makes it a direction. */
    static NDArray mean(NDList samples) {
        return NDArrays.stack(samples).mean(new int[] {0});
    }

    /** How well scores tell weakly augmented images from strongly augmented ones. */
    static double auroc(NDArray weak, NDArray strong) {
        double[] scores = weak.flatten().concat(strong.flatten()).toType(DataType.FLOAT64, false).toDoubleArray();
        boolean[] abnormal = new boolean[scores.length];
        IntStream.range((int) weak.size(), scores.length).forEach(i -> abnormal[i] = true);
        return Roc.auroc(Arrays.copyOf(scores, scores.length), abnormal);
    }
}
