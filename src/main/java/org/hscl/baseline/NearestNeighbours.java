package org.hscl.baseline;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Mean cosine with the five nearest vectors of the training. */
final class NearestNeighbours implements VectorMethod {

    private static final int NEAREST = 5;

    @Override
    public String name() {
        return "5-NN";
    }

    @Override
    public String citation() {
        return "Ramaswamy et al., Efficient Algorithms for Mining Outliers from Large Data Sets, SIGMOD 2000";
    }

    @Override
    public ToDoubleFunction<double[]> fit(double[][] rows, long seed) {
        double[][] directions = Arrays.stream(rows).map(NearestNeighbours::direction).toArray(double[][]::new);
        int count = Math.min(NEAREST, rows.length);
        return row -> {
            double[] direction = direction(row);
            double[] cosines = Arrays.stream(directions).mapToDouble(other -> cosine(direction, other)).sorted().toArray();
            return Arrays.stream(cosines, cosines.length - count, cosines.length).average().orElseThrow();
        };
    }

    private static double[] direction(double[] row) {
        double norm = Math.max(Math.sqrt(cosine(row, row)), Double.MIN_NORMAL);
        return Arrays.stream(row).map(value -> value / norm).toArray();
    }

    private static double cosine(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }
}
