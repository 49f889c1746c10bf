package org.hscl.baseline;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hscl.engine.SeededRandom;
import org.jspecify.annotations.Nullable;

/**
 * Isolation forest: 100 trees, each on 256 drawn vectors, split at random coordinates and places; what ends up alone after few
 * splits is abnormal. The score is −2^(−mean path / c(256)), in (−1, 0). Written here because the maintained libraries of a
 * permissive licence offer other forests, not this one.
 */
final class IsolationForest implements VectorMethod {

    private static final int TREES = 100;
    private static final int SAMPLE = 256;
    private static final double EULER = 0.5772156649015329;

    @Override
    public String name() {
        return "Isolation forest";
    }

    @Override
    public String citation() {
        return "Liu et al., Isolation Forest, ICDM 2008";
    }

    /** A split of the space, or a leaf where {@code left} is null. */
    private record Node(int coordinate, double place, @Nullable Node left, @Nullable Node right, int size) {

        double path(double[] row, int depth) {
            if (left == null || right == null) {
                return depth + averagePath(size);
            }
            return (row[coordinate] < place ? left : right).path(row, depth + 1);
        }
    }

    @Override
    public ToDoubleFunction<double[]> fit(double[][] rows, long seed) {
        int sample = Math.min(SAMPLE, rows.length);
        int maxDepth = (int) Math.ceil(Math.log(sample) / Math.log(2));
        Node[] trees = IntStream.range(0, TREES).mapToObj(t -> {
            SplittableRandom random = SeededRandom.at(seed, t);
            int[] order = SeededRandom.permutation(rows.length, random);
            double[][] drawn = Arrays.stream(order).limit(sample).mapToObj(i -> rows[i]).toArray(double[][]::new);
            return grow(drawn, maxDepth, random);
        }).toArray(Node[]::new);
        double usual = Math.max(averagePath(sample), Double.MIN_NORMAL);
        return row -> -Math.pow(2, -Arrays.stream(trees).mapToDouble(tree -> tree.path(row, 0)).average().orElse(0) / usual);
    }

    private static Node grow(double[][] rows, int depth, SplittableRandom random) {
        int[] varying = rows.length < 2 || depth == 0 ? new int[0] : varyingCoordinates(rows);
        if (varying.length == 0) {
            return new Node(0, 0, null, null, rows.length);
        }
        int coordinate = varying[random.nextInt(varying.length)];
        double low = Arrays.stream(rows).mapToDouble(row -> row[coordinate]).min().orElseThrow();
        double high = Arrays.stream(rows).mapToDouble(row -> row[coordinate]).max().orElseThrow();
        double place = high - (high - low) * random.nextDouble(); // in (low, high]: neither side is empty
        double[][] left = Arrays.stream(rows).filter(row -> row[coordinate] < place).toArray(double[][]::new);
        double[][] right = Arrays.stream(rows).filter(row -> row[coordinate] >= place).toArray(double[][]::new);
        return new Node(coordinate, place, grow(left, depth - 1, random), grow(right, depth - 1, random), rows.length);
    }

    private static int[] varyingCoordinates(double[][] rows) {
        return IntStream.range(0, rows[0].length)
                .filter(c -> Arrays.stream(rows).anyMatch(row -> row[c] != rows[0][c]))
                .toArray();
    }

    /** c(n): the mean path of an unsuccessful search in a binary tree of n vectors. */
    static double averagePath(int n) {
        return n < 2 ? 0 : n == 2 ? 1 : 2 * (Math.log(n - 1) + EULER) - 2 * (n - 1.0) / n;
    }
}
