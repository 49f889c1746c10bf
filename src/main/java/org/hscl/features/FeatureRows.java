package org.hscl.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hscl.scenario.Label;

/**
 * Features of training pictures by what is known of them, standardized by those of L⁺ ∪ U.
 *
 * @param mean of each column, (C)
 * @param deviation of each column, at least a thousandth of the largest, (C)
 * @param labeledNormal rows of L⁺, (L, C)
 * @param unlabeled rows of U, (U, C)
 * @param labeledAbnormal rows of L⁻, (A, C)
 */
record FeatureRows(float[] mean, float[] deviation, float[][] labeledNormal, float[][] unlabeled, float[][] labeledAbnormal) {

    private static final float LEAST = 1e-3f;
    private static final double OUTLIERS = 0.1;

    static FeatureRows of(float[][] features, Label[] labels) {
        List<float[]> known = new ArrayList<>();
        IntStream.range(0, labels.length).filter(i -> labels[i] != Label.ABNORMAL).forEach(i -> known.add(features[i]));
        int columns = features[0].length;
        float[] mean = new float[columns];
        float[] deviation = new float[columns];
        float largest = 0;
        for (int c = 0; c < columns; c++) {
            int column = c;
            double average = known.stream().mapToDouble(row -> row[column]).average().orElse(0);
            double variance = known.stream().mapToDouble(row -> (row[column] - average) * (row[column] - average)).average().orElse(0);
            mean[c] = (float) average;
            deviation[c] = (float) Math.sqrt(variance);
            largest = Math.max(largest, deviation[c]);
        }
        for (int c = 0; c < columns; c++) {
            deviation[c] = Math.max(deviation[c], Math.max(LEAST * largest, Float.MIN_NORMAL));
        }
        return new FeatureRows(mean, deviation, select(features, labels, Label.NORMAL, mean, deviation),
                select(features, labels, Label.UNLABELED, mean, deviation), select(features, labels, Label.ABNORMAL, mean, deviation));
    }

    private static float[][] select(float[][] features, Label[] labels, Label wanted, float[] mean, float[] deviation) {
        return IntStream.range(0, labels.length).filter(i -> labels[i] == wanted)
                .mapToObj(i -> standardized(features[i], mean, deviation)).toArray(float[][]::new);
    }

    /**
     * Where nothing is labeled, the pile labels itself: its {@value #OUTLIERS} that another method finds least normal stand for labeled
     * anomalies, the more normal half for labeled normals. S-P alone would pull every row to the prototype and push none away.
     *
     * @param normality of each row of U, (U)
     */
    FeatureRows selfLabeled(double[] normality) {
        int[] order = IntStream.range(0, normality.length).boxed().sorted(Comparator.comparingDouble(i -> normality[i])).mapToInt(i -> i).toArray();
        int sparse = (int) (OUTLIERS * order.length);
        int dense = order.length - order.length / 2;
        return new FeatureRows(mean, deviation, pick(order, dense, order.length), pick(order, sparse, dense), pick(order, 0, sparse));
    }

    private float[][] pick(int[] order, int from, int to) {
        return Arrays.stream(order, from, to).mapToObj(i -> unlabeled[i]).toArray(float[][]::new);
    }

    /** A row less the mean, in deviations. */
    static float[] standardized(float[] row, float[] mean, float[] deviation) {
        float[] result = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            result[i] = (row[i] - mean[i]) / deviation[i];
        }
        return result;
    }

    int columns() {
        return mean.length;
    }

    /** The rows on the device of a manager. */
    OnDevice send(NDManager manager) {
        return new OnDevice(matrix(labeledNormal, columns(), manager), matrix(unlabeled, columns(), manager),
                matrix(labeledAbnormal, columns(), manager));
    }

    static NDArray matrix(float[][] rows, int columns, NDManager manager) {
        float[] flat = new float[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * columns, columns);
        }
        return manager.create(flat, new Shape(rows.length, columns));
    }

    /** The three matrices, each (rows, C). */
    record OnDevice(NDArray labeledNormal, NDArray unlabeled, NDArray labeledAbnormal) {

        /** The same arrays for one step: what is computed from them belongs to {@code scratch}. */
        OnDevice lent(NDManager scratch) {
            return new OnDevice(lent(labeledNormal, scratch), lent(unlabeled, scratch), lent(labeledAbnormal, scratch));
        }

        private static NDArray lent(NDArray array, NDManager scratch) {
            NDArray view = array.get(":"); // no copy
            view.attach(scratch);
            return view;
        }

        long countLabeledNormal() {
            return labeledNormal.getShape().get(0);
        }

        long countLabeledAbnormal() {
            return labeledAbnormal.getShape().get(0);
        }
    }
}
