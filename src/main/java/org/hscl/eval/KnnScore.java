package org.hscl.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;

/** k-nearest-neighbour normality: the mean cosine similarity with the k nearest training rows, for models without prototypes. */
public final class KnnScore {

    private KnnScore() {}

    /**
     * Scores rows.
     *
     * @param query features, (M, D), not normalized
     * @param train features of L⁺ ∪ U, (N, D), not normalized
     * @param k neighbours, 1 … N; the ablation uses 1 and 5
     * @return (M) in [−1, 1], higher is more normal
     */
    public static NDArray of(NDArray query, NDArray train, int k) {
        long count = train.getShape().get(0);
        if (k < 1 || k > count) {
            throw new IllegalArgumentException("k is " + k + "; give 1 … " + count + ", the number of training rows");
        }
        NDArray similarity = unit(query).matMul(unit(train).transpose()); // (M, N)
        return similarity.topK(k, 1).get(0).mean(new int[] {1}); // (M)
    }

    /** Rows of length 1; a zero row stays zero. */
    static NDArray unit(NDArray rows) {
        return rows.div(NDArrays.maximum(rows.square().sum(new int[] {1}, true).sqrt(), 1e-12f));
    }
}
