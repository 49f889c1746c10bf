package org.hscl.eval;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Receiver operating characteristic of a normality score; normals are the positives. Ties are one point, so that they count
 * half in the area.
 *
 * @param falsePositiveRate part of the anomalies that pass as normal at each threshold, from 0 to 1
 * @param truePositiveRate part of the normals that pass
 * @param thresholds the score at which an image just passes; the first is +∞
 * @param normals number of normals
 * @param anomalies number of anomalies
 */
public record Roc(
        double[] falsePositiveRate, double[] truePositiveRate, double[] thresholds, int normals, int anomalies) {

    /**
     * The curve of scored images.
     *
     * @param scores higher is more normal, finite, (M)
     * @param abnormal the truth, (M)
     * @throws IllegalArgumentException if either kind is missing or a score is not a number
     */
    public static Roc of(double[] scores, boolean[] abnormal) {
        if (scores.length != abnormal.length) {
            throw new IllegalArgumentException(scores.length + " scores for " + abnormal.length + " truths; give one each");
        }
        Integer[] order = new Integer[scores.length];
        int anomalies = 0;
        for (int i = 0; i < scores.length; i++) {
            if (Double.isNaN(scores[i])) {
                throw new IllegalArgumentException("score " + i + " is NaN; the model has not learned finite weights");
            }
            order[i] = i;
            anomalies += abnormal[i] ? 1 : 0;
        }
        int normals = scores.length - anomalies;
        if (normals == 0 || anomalies == 0) {
            throw new IllegalArgumentException(
                    "%d normals and %d anomalies; a ROC curve needs both".formatted(normals, anomalies));
        }
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> scores[i]).reversed());
        return sweep(scores, abnormal, order, normals, anomalies);
    }

    private static Roc sweep(double[] scores, boolean[] abnormal, Integer[] order, int normals, int anomalies) {
        double[] falseRate = new double[scores.length + 1];
        double[] trueRate = new double[scores.length + 1];
        double[] thresholds = new double[scores.length + 1];
        thresholds[0] = Double.POSITIVE_INFINITY;
        int points = 1;
        int falsePositives = 0;
        int truePositives = 0;
        for (int i = 0; i < order.length; i++) {
            falsePositives += abnormal[order[i]] ? 1 : 0;
            truePositives += abnormal[order[i]] ? 0 : 1;
            if (i + 1 == order.length || scores[order[i + 1]] != scores[order[i]]) {
                falseRate[points] = (double) falsePositives / anomalies;
                trueRate[points] = (double) truePositives / normals;
                thresholds[points++] = scores[order[i]];
            }
        }
        return new Roc(
                Arrays.copyOf(falseRate, points),
                Arrays.copyOf(trueRate, points),
                Arrays.copyOf(thresholds, points),
                normals,
                anomalies);
    }

    /** Area under the curve, in [0, 1]; 0.5 is chance. */
    public double auroc() {
        double area = 0;
        for (int i = 1; i < thresholds.length; i++) {
            area += (falsePositiveRate[i] - falsePositiveRate[i - 1]) * (truePositiveRate[i] + truePositiveRate[i - 1]) / 2;
        }
        return area;
    }

    /** Average precision of the normals, Σ (recallᵢ − recallᵢ₋₁) · precisionᵢ, in [0, 1]. */
    public double averagePrecision() {
        double sum = 0;
        for (int i = 1; i < thresholds.length; i++) {
            double truePositives = truePositiveRate[i] * normals;
            double precision = truePositives / (truePositives + falsePositiveRate[i] * anomalies);
            sum += (truePositiveRate[i] - truePositiveRate[i - 1]) * precision;
        }
        return sum;
    }

    /** The false positive rate at the first threshold that lets at least {@code rate} of the normals pass, in [0, 1]. */
    public double falsePositiveRateAt(double rate) {
        for (int i = 0; i < thresholds.length; i++) {
            if (truePositiveRate[i] >= rate) {
                return falsePositiveRate[i];
            }
        }
        throw new IllegalArgumentException("true positive rate is " + rate + "; give a value in [0, 1]");
    }

    /** {@link #auroc()} of scores without the curve. */
    public static double auroc(double[] scores, boolean[] abnormal) {
        return of(scores, abnormal).auroc();
    }
}
