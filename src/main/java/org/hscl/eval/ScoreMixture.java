package org.hscl.eval;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Two normal distributions that explain the scores of unlabeled images, fitted by expectation–maximization (Dempster, Laird
 * and Rubin 1977). Three constraints keep the anomalies' part from explaining something else: it has the lower mean and at
 * most half of the images; it is as wide as the normals' part or at most {@value #WIDEST} times wider (Hathaway 1985), or it
 * would take the long lower tail that cosine scores of normal images have; and both are clearly apart (Ashman's D of 2), or
 * the share is 0. Hard normal images still count in part as anomalies, so the share tends to be high.
 *
 * @param abnormalShare estimated contamination ratio, in [0, 0.5]
 * @param abnormalMean centre of the anomalies' scores
 * @param abnormalDeviation their standard deviation
 * @param normalMean centre of the normals' scores
 * @param normalDeviation their standard deviation
 */
public record ScoreMixture(
        double abnormalShare,
        double abnormalMean,
        double abnormalDeviation,
        double normalMean,
        double normalDeviation) {

    /** Scores that a mixture needs. */
    static final int FEWEST = 10;

    private static final double WIDEST = 2;
    private static final double CLEARLY_APART = 2;
    private static final double[] FIRST_SHARES = {0.05, 0.1, 0.2, 0.35};
    private static final int ITERATIONS = 200;
    private static final double CONVERGED = 1e-8;
    private static final double OUTLIER_DEVIATIONS = 3;

    /**
     * Fits the mixture, from several starts, and keeps the likeliest.
     *
     * @param scores finite, (N)
     * @throws IllegalArgumentException if there are fewer than ten
     */
    public static ScoreMixture fit(double[] scores) {
        if (scores.length < FEWEST) {
            throw new IllegalArgumentException("%d unlabeled scores; a mixture needs at least %d, so set the threshold from labels"
                    .formatted(scores.length, FEWEST));
        }
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        ScoreMixture best = null;
        double likelihood = Double.NEGATIVE_INFINITY;
        for (double share : FIRST_SHARES) {
            double[] abnormal = new double[sorted.length]; // how much of each image is explained as an anomaly
            Arrays.fill(abnormal, 0, (int) Math.ceil(share * sorted.length), 1);
            ScoreMixture fitted = maximize(sorted, abnormal);
            double before = Double.NEGATIVE_INFINITY;
            double after = fitted.expect(sorted, abnormal);
            for (int i = 0; i < ITERATIONS && after - before > CONVERGED * sorted.length; i++) {
                fitted = maximize(sorted, abnormal);
                before = after;
                after = fitted.expect(sorted, abnormal);
            }
            if (best == null || after > likelihood) {
                best = fitted;
                likelihood = after;
            }
        }
        return best.isClearlyApart() ? best : one(sorted);
    }

    /** E step: fills in the part of each score that the anomalies explain; returns the log-likelihood. */
    private double expect(double[] scores, double[] abnormal) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            double a = logAbnormal(scores[i]);
            double b = logNormal(scores[i]);
            double larger = Math.max(a, b);
            double both = larger + Math.log(Math.exp(a - larger) + Math.exp(b - larger));
            abnormal[i] = Math.exp(a - both);
            sum += both;
        }
        return sum;
    }

    /** M step under the constraints. */
    private static ScoreMixture maximize(double[] scores, double[] abnormal) {
        int n = scores.length;
        double a = Math.min(Math.max(Arrays.stream(abnormal).sum(), 1e-9), n - 1e-9);
        double b = n - a;
        double meanA = IntStream.range(0, n).mapToDouble(i -> abnormal[i] * scores[i]).sum() / a;
        double meanB = IntStream.range(0, n).mapToDouble(i -> (1 - abnormal[i]) * scores[i]).sum() / b;
        double squaresA = IntStream.range(0, n).mapToDouble(i -> abnormal[i] * square(scores[i] - meanA)).sum();
        double squaresB = IntStream.range(0, n).mapToDouble(i -> (1 - abnormal[i]) * square(scores[i] - meanB)).sum();
        double ratio = Math.min(Math.max(Math.sqrt(squaresA / a / Math.max(squaresB / b, 1e-300)), 1), WIDEST);
        boolean free = ratio > 1 && ratio < WIDEST;
        double deviationB = Math.sqrt(free ? squaresB / b : (squaresA / square(ratio) + squaresB) / n);
        double smallest = 1e-6 * Math.max(scores[n - 1] - scores[0], 1e-6);
        double kept = Math.max(deviationB, smallest);
        return new ScoreMixture(Math.min(a / n, 0.5), meanA, ratio * kept, meanB, kept);
    }

    /** No second part to be seen. */
    private static ScoreMixture one(double[] scores) {
        double mean = Arrays.stream(scores).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(scores).map(s -> square(s - mean)).average().orElseThrow());
        return new ScoreMixture(0, mean, deviation, mean, deviation);
    }

    private boolean isClearlyApart() {
        double pooled = Math.sqrt((square(abnormalDeviation) + square(normalDeviation)) / 2);
        return normalMean - abnormalMean > CLEARLY_APART * pooled;
    }

    /**
     * The score that is as likely an anomaly's as a normal's; three standard deviations below the mean where no second part
     * is to be seen.
     */
    public double threshold() {
        if (abnormalShare == 0) {
            return normalMean - OUTLIER_DEVIATIONS * normalDeviation;
        }
        double low = abnormalMean;
        double high = normalMean;
        for (int i = 0; i < 60; i++) { // bisection, down to the last digit
            double middle = (low + high) / 2;
            if (logAbnormal(middle) > logNormal(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Density of the anomalies' part times its share. */
    public double abnormalDensity(double score) {
        return Math.exp(logAbnormal(score));
    }

    /** Density of the normals' part times its share. */
    public double normalDensity(double score) {
        return Math.exp(logNormal(score));
    }

    private double logAbnormal(double score) {
        return Math.log(abnormalShare) + logDensity(score, abnormalMean, abnormalDeviation);
    }

    private double logNormal(double score) {
        return Math.log1p(-abnormalShare) + logDensity(score, normalMean, normalDeviation);
    }

    private static double logDensity(double x, double mean, double deviation) {
        return -square((x - mean) / deviation) / 2 - Math.log(deviation * Math.sqrt(2 * Math.PI));
    }

    private static double square(double x) {
        return x * x;
    }
}
