package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.hscl.engine.Scalar;

/**
 * Threshold sampling, Eq. 7: rows are drawn with replacement, p(i) ∝ wᵢ · 1[wᵢ &gt; η], so that a likely anomaly among the
 * unlabeled is never taken for normal. Drawing is the inverse of the cumulative sum, on the device.
 */
public final class ThresholdSampling {

    /** Keeps a mass of 0 from dividing by 0. */
    private static final double NOTHING = 1e-30;

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
        return weights.mul(Rows.as(weights.gt(Scalar.of(weights, threshold)), weights.getDataType()));
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
        NDArray share = cumulative.div(total.maximum(Scalar.of(total, NOTHING)));
        NDArray below = share.lte(uniforms.reshape(-1, 1).toType(DataType.FLOAT64, false)); // (M, N)
        NDArray row = below.toType(DataType.INT64, false).sum(new int[] {1}); // (M)
        return row.minimum(Scalar.of(row, count - 1));
    }
}
