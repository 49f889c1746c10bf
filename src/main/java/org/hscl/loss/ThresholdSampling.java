package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * Threshold sampling, Eq. 7: rows are drawn with replacement, p(i) ∝ wᵢ · 1[wᵢ &gt; η], so that a likely anomaly among the
 * unlabeled is never taken for normal. Drawing is the inverse of the cumulative sum, on the device.
 */
public final class ThresholdSampling {

    private ThresholdSampling() {}

    /**
     * Weights that count.
     *
     * @param weights wᵢ of Eq. 5, (N, 1)
     * @param threshold η in [0, 1)
     * @return (N, 1), 0 where wᵢ ≤ η
     * @throws IllegalArgumentException if η is outside [0, 1)
     */
    public static NDArray threshold(NDArray weights, double threshold) {
        Rows.checkThreshold(threshold);
        return weights.mul(Rows.as(weights.gt(threshold), weights.getDataType()));
    }

    /**
     * Draws rows.
     *
     * @param mass thresholded weights, (N, 1), at least 0
     * @param uniforms M draws from [0, 1), (M)
     * @return M row numbers in [0, N), int64, (M); meaningless where the whole mass is 0
     */
    public static NDArray draw(NDArray mass, NDArray uniforms) {
        long count = mass.getShape().get(0);
        NDArray cumulative = mass.reshape(1, count).toType(DataType.FLOAT64, false).cumSum(1); // (1, N)
        NDArray total = cumulative.get(":, {}:", count - 1); // (1, 1)
        // Dividing makes the last entry exactly 1, above every uniform; the first entry above a uniform has mass.
        NDArray share = cumulative.div(total.maximum(Double.MIN_NORMAL));
        NDArray below = share.lte(uniforms.reshape(-1, 1).toType(DataType.FLOAT64, false)); // (M, N)
        return below.toType(DataType.INT64, false).sum(new int[] {1}).minimum(count - 1); // (M)
    }
}
