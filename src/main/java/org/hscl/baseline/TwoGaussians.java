package org.hscl.baseline;

import java.util.Arrays;

/**
 * A mixture of two Gaussians in one dimension: which losses are low? Starts from the best cut of the sorted values (two-means,
 * exact), then expectation–maximization as DivideMix has it.
 *
 * @param weights of the component with the lower mean, then of the other
 * @param means low, high
 * @param variances of the two, each at least {@link #FLOOR}
 * @param iterations of expectation–maximization
 */
record TwoGaussians(double[] weights, double[] means, double[] variances, int iterations) {

    private static final double FLOOR = 5e-4;
    private static final double TOLERANCE = 1e-2;
    private static final int MOST_ITERATIONS = 10;

    /** Values moved and stretched to [0, 1]; all 0 where they are all equal. */
    static double[] scaled(double[] values) {
        double low = Arrays.stream(values).min().orElse(0);
        double high = Arrays.stream(values).max().orElse(0);
        return Arrays.stream(values).map(value -> high > low ? (value - low) / (high - low) : 0).toArray();
    }

    /** Fits at least two values. */
    static TwoGaussians of(double[] values) {
        double cut = cut(values);
        double[] low = Arrays.stream(values).map(value -> value < cut ? 1 : 0).toArray();
        TwoGaussians fit = fitted(values, low, 0);
        double likelihood = Double.NEGATIVE_INFINITY;
        for (int i = 1; i <= MOST_ITERATIONS; i++) {
            TwoGaussians now = fit;
            double before = likelihood;
            likelihood = Arrays.stream(values).map(now::logDensity).average().orElse(0);
            fit = fitted(values, Arrays.stream(values).map(now::first).toArray(), i);
            if (Math.abs(likelihood - before) < TOLERANCE) {
                break;
            }
        }
        return fit.means[0] <= fit.means[1] ? fit : fit.swapped();
    }

    /** The middle of the gap that leaves the smallest sum of squares on both sides. */
    static double cut(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double total = Arrays.stream(sorted).sum();
        double left = 0;
        double best = Double.NEGATIVE_INFINITY;
        double cut = sorted[0];
        for (int i = 1; i < sorted.length; i++) {
            left += sorted[i - 1];
            double between = left * left / i + (total - left) * (total - left) / (sorted.length - i);
            if (between > best) {
                best = between;
                cut = (sorted[i - 1] + sorted[i]) / 2;
            }
        }
        return cut;
    }

    /** The probability that a value belongs to the component with the lower mean. */
    double low(double value) {
        return first(value);
    }

    private double first(double value) {
        return 1 / (1 + Math.exp(logPart(value, 1) - logPart(value, 0)));
    }

    private double logDensity(double value) {
        double larger = Math.max(logPart(value, 0), logPart(value, 1));
        return larger + Math.log(Math.exp(logPart(value, 0) - larger) + Math.exp(logPart(value, 1) - larger));
    }

    private double logPart(double value, int k) {
        double off = value - means[k];
        return Math.log(weights[k]) - 0.5 * (Math.log(2 * Math.PI * variances[k]) + off * off / variances[k]);
    }

    /** Maximization: the parameters that responsibilities of the first component give. */
    private static TwoGaussians fitted(double[] values, double[] first, int iterations) {
        double[] sum = new double[2];
        double[] mean = new double[2];
        double[] variance = new double[2];
        for (int k = 0; k < 2; k++) {
            sum[k] = 10 * Math.ulp(1.0);
            for (int i = 0; i < values.length; i++) {
                double share = k == 0 ? first[i] : 1 - first[i];
                sum[k] += share;
                mean[k] += share * values[i];
            }
            mean[k] /= sum[k];
            for (int i = 0; i < values.length; i++) {
                double share = k == 0 ? first[i] : 1 - first[i];
                variance[k] += share * (values[i] - mean[k]) * (values[i] - mean[k]);
            }
            variance[k] = variance[k] / sum[k] + FLOOR;
        }
        double[] weight = {sum[0] / (sum[0] + sum[1]), sum[1] / (sum[0] + sum[1])};
        return new TwoGaussians(weight, mean, variance, iterations);
    }

    private TwoGaussians swapped() {
        return new TwoGaussians(new double[] {weights[1], weights[0]}, new double[] {means[1], means[0]},
                new double[] {variances[1], variances[0]}, iterations);
    }
}
