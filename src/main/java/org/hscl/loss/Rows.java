package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import org.hscl.engine.Scalar;

/** Tensor steps that several relations share. */
final class Rows {

    /** Keeps the norm of an all-zero row from dividing by 0. */
    private static final double TINY = 1e-12;

    private Rows() {}

    /** ẑ = z / ‖z‖ along an axis, the same shape. */
    static NDArray normalize(NDArray z, int axis) {
        return z.div(Scalar.plus(z.square().sum(new int[] {axis}, true), TINY * TINY).sqrt());
    }

    /** log Σ exp over each row, shifted by the row's maximum so that it neither overflows nor vanishes: (N, M) → (N, 1). */
    static NDArray logSumExp(NDArray logits) {
        NDArray shift = logits.stopGradient().max(new int[] {1}, true);
        return logits.sub(shift).exp().sum(new int[] {1}, true).log().add(shift);
    }

    /** Similarity of matching rows: (N, D) · (N, D) → (N, 1). */
    static NDArray rowDot(NDArray a, NDArray b) {
        return a.mul(b).sum(new int[] {1}, true);
    }

    /**
     * Chosen rows: (N, D) at M int64 indices → (M, D). An embedding look-up, because the gradient of plain indexing adds with
     * atomics on several CPU threads, in another order each time.
     */
    static NDArray select(NDArray z, NDArray index) {
        return Embedding.embedding(index, z, SparseFormat.DENSE).singletonOrThrow();
    }

    /** 0, for a term that has no rows; a gradient flows through it, all zeros. */
    static NDArray zero(NDArray z) {
        return Scalar.plus(Scalar.times(z.sum(), 0), 0); // the second step turns −0 into 0
    }

    /** Prototypes outlive a step; what is computed from them must live with the rows. */
    static NDArray local(NDArray z, NDArray prototypes) {
        if (prototypes.getManager() == z.getManager()) {
            return prototypes;
        }
        return z.getManager().zeros(prototypes.getShape(), z.getDataType()).add(prototypes);
    }

    /**
     * Checks that an array is a matrix of finite rows. Values are looked at on the CPU only, where it costs nothing; on a GPU
     * the look would stall the step, and training finds the bad number when it reports.
     */
    static void checkMatrix(String name, NDArray array) {
        if (array.getShape().dimension() != 2 || array.size() < 1 || !array.getDataType().isFloating()) {
            throw new IllegalArgumentException("%s has shape %s and type %s; give a floating-point matrix that is not empty"
                    .formatted(name, array.getShape(), array.getDataType()));
        }
        if (!array.getDevice().isGpu()) {
            // Each closed, since prototypes outlive the step and what is computed from them would pile up beside them.
            try (NDArray values = array.stopGradient();
                    NDArray sum = values.sum();
                    NDArray wide = sum.toType(DataType.FLOAT64, true)) {
                if (!Double.isFinite(wide.getDouble())) {
                    throw new NotFiniteException(name + " holds NaN or infinite values; give finite rows");
                }
            }
        }
    }

    /** Checks that two arrays match entry by entry; broadcasting would hide a mistake. */
    static void checkSameShape(String name, NDArray array, String otherName, NDArray other) {
        if (!array.getShape().equals(other.getShape())) {
            throw new IllegalArgumentException("%s have shape %s, %s %s; give the same shape"
                    .formatted(name, array.getShape(), otherName, other.getShape()));
        }
    }

    /** Checks a temperature. */
    static void checkTemperature(double temperature) {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature τ is " + temperature + "; give a value above 0 (paper: 0.5)");
        }
    }

    /** Checks the threshold of Eq. 7. */
    static void checkThreshold(double threshold) {
        if (!(threshold >= 0 && threshold < 1)) {
            throw new IllegalArgumentException("threshold η is " + threshold + "; give a value in [0, 1) (released: 0.4)");
        }
    }

    /** Ones of a shape (N, 1), as the array's type. */
    static NDArray ones(NDArray like, long count) {
        return like.getManager().ones(new ai.djl.ndarray.types.Shape(count, 1), like.getDataType());
    }

    /** A 0/1 array as the type of another. */
    static NDArray as(NDArray mask, DataType type) {
        return mask.toType(type, false);
    }
}
