package org.hscl.eval;

import java.util.Arrays;

/**
 * Precision against recall of the anomalies, as a threshold rises: what matters where anomalies are rare. Ties are one point.
 *
 * @param recall part of the anomalies that is reported, rising
 * @param precision part of the reported images that are anomalies
 * @param thresholds the highest score that is reported
 * @param anomalies number of anomalies
 * @param images number of images; {@code anomalies / images} is the precision of chance
 */
public record PrecisionRecall(double[] recall, double[] precision, double[] thresholds, int anomalies, int images) {

    /**
     * The curve of scored images.
     *
     * @param scores higher is more normal, (M)
     * @param abnormal the truth, (M)
     * @throws IllegalArgumentException as {@link Roc#of} does
     */
    public static PrecisionRecall of(double[] scores, boolean[] abnormal) {
        Roc roc = Roc.of(scores, abnormal); // from the highest score down; its rates are of those that pass
        int points = roc.thresholds().length - 1;
        double[] recall = new double[points];
        double[] precision = new double[points];
        double[] thresholds = new double[points];
        for (int i = 0; i < points; i++) {
            int from = points - 1 - i;
            double found = (1 - roc.falsePositiveRate()[from]) * roc.anomalies();
            double alarms = (1 - roc.truePositiveRate()[from]) * roc.normals();
            recall[i] = found / roc.anomalies();
            precision[i] = found / (found + alarms);
            thresholds[i] = roc.thresholds()[from + 1];
        }
        return new PrecisionRecall(recall, precision, thresholds, roc.anomalies(), scores.length);
    }

    /** Average precision of the anomalies, Σ (recallᵢ − recallᵢ₋₁) · precisionᵢ, in [0, 1]. */
    public double averagePrecision() {
        double sum = 0;
        for (int i = 0; i < recall.length; i++) {
            sum += (recall[i] - (i == 0 ? 0 : recall[i - 1])) * precision[i];
        }
        return sum;
    }

    /** The curve as it is usually drawn begins at the first precision. */
    public double[] recallFromZero() {
        double[] all = new double[recall.length + 1];
        System.arraycopy(recall, 0, all, 1, recall.length);
        return all;
    }

    /** Goes with {@link #recallFromZero()}. */
    public double[] precisionFromZero() {
        double[] all = Arrays.copyOf(precision, precision.length + 1);
        System.arraycopy(precision, 0, all, 1, precision.length);
        return all;
    }
}
