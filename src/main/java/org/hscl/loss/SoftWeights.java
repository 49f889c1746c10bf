package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDArrays;
import org.hscl.engine.Scalar;

/** Soft weights, Eq. 5: 1 for a labeled normal row, (max_k ẑᵢ·p̂ₖ + 1)/2 for an unlabeled one. Constants for the gradient. */
public final class SoftWeights {

    private SoftWeights() {}

    /**
     * Weights of the normal and unlabeled rows.
     *
     * @param nearest max_k ẑᵢ·p̂ₖ of labeled normal rows, then of unlabeled ones, (N, 1) in [−1, 1]
     * @param labeledNormal how many of the rows are labeled normal
     * @return (N, 1) in [0, 1], detached
     * @throws IllegalArgumentException if more rows are labeled than there are
     */
    public static NDArray of(NDArray nearest, long labeledNormal) {
        long count = nearest.getShape().get(0);
        if (labeledNormal < 0 || labeledNormal > count) {
            throw new IllegalArgumentException(
                    "%d of %d rows are said to be labeled normal; give 0 … %d".formatted(labeledNormal, count, count));
        }
        NDArray soft = Scalar.times(Scalar.plus(nearest.stopGradient(), 1), 0.5);
        if (labeledNormal == 0) {
            return soft;
        }
        NDArray certain = Rows.ones(nearest, labeledNormal);
        return labeledNormal == count
                ? certain
                : NDArrays.concat(new NDList(certain, soft.get("{}:", labeledNormal)));
    }
}
