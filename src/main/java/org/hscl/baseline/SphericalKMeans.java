package org.hscl.baseline;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hscl.engine.Interruption;
import org.hscl.engine.SeededRandom;

/**
 * k-means by the cosine (Dhillon and Modha 2001): each row goes to the nearest direction, each centre is the direction of its
 * rows' sum; an empty cluster takes the row that is farthest from its own centre. Written from a description of what Elsa uses,
 * whose package is under the GPL.
 *
 * @param centers of length 1, (K, D)
 * @param labels cluster of each row, before the last update of the centres, (N)
 * @param inertia Σ (1 − cosine) to the centres that gave the labels
 */
record SphericalKMeans(double[][] centers, int[] labels, double inertia) {

    private static final int MOST_ITERATIONS = 10;
    private static final double SETTLED = 1e-4;
    /** First centres are taken from three candidates each, none nearer to another than this cosine. */
    private static final int CANDIDATES = 3;
    private static final double SIMILAR = 0.5;

    /** Clusters rows of length 1, starting from rows that are not alike as far as there are enough. */
    static SphericalKMeans of(double[][] rows, int count, SplittableRandom random) {
        return of(rows, first(rows, count, random));
    }

    /** Clusters rows of length 1, (N, D), from given first centres, (K, D). */
    static SphericalKMeans of(double[][] rows, double[][] first) {
        double[][] centers = Arrays.stream(first).map(double[]::clone).toArray(double[][]::new);
        int[] labels = new int[rows.length];
        Arrays.fill(labels, -1);
        double inertia = 0;
        for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            Interruption.check("clustering");
            int[] before = labels.clone();
            double[] cosine = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                cosine[i] = Double.NEGATIVE_INFINITY;
                for (int k = 0; k < centers.length; k++) {
                    double value = dot(rows[i], centers[k]);
                    if (value > cosine[i]) {
                        cosine[i] = value;
                        labels[i] = k;
                    }
                }
            }
            inertia = Arrays.stream(cosine).map(value -> 1 - value).sum();
            int[] moved = fillEmpty(labels, cosine, centers.length);
            centers = updated(rows, moved, centers);
            int changed = (int) IntStream.range(0, labels.length).filter(i -> labels[i] != before[i]).count();
            if (changed <= Math.max(1, (int) (SETTLED * rows.length))) {
                break;
            }
        }
        return new SphericalKMeans(centers, labels, inertia);
    }

    /** Each empty cluster gets the row that fits its own cluster least, the worst first. */
    private static int[] fillEmpty(int[] labels, double[] cosine, int clusters) {
        int[] moved = labels.clone();
        int[] sizes = new int[clusters];
        Arrays.stream(labels).forEach(k -> sizes[k]++);
        int[] worst = IntStream.range(0, labels.length).boxed()
                .sorted(Comparator.comparingDouble(i -> cosine[i])).mapToInt(Integer::intValue).toArray();
        int next = 0;
        for (int k = 0; k < clusters && next < worst.length; k++) {
            if (sizes[k] == 0) {
                moved[worst[next++]] = k;
            }
        }
        return moved;
    }

    /** Directions of the sums; a cluster without rows keeps its centre. */
    private static double[][] updated(double[][] rows, int[] labels, double[][] old) {
        double[][] sums = new double[old.length][rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            for (int d = 0; d < rows[i].length; d++) {
                sums[labels[i]][d] += rows[i][d];
            }
        }
        for (int k = 0; k < sums.length; k++) {
            double norm = Math.sqrt(dot(sums[k], sums[k]));
            sums[k] = norm > 0 ? Arrays.stream(sums[k]).map(value -> value / norm).toArray() : old[k];
        }
        return sums;
    }

    /** A random row, then again and again a random one of the candidates that are like none so far; then any others. */
    private static double[][] first(double[][] rows, int count, SplittableRandom random) {
        int[] order = SeededRandom.permutation(rows.length, random);
        int candidates = Math.min(order.length, CANDIDATES * count);
        double[][] centers = new double[count][];
        int taken = 0;
        for (int i = 0; i < candidates && taken < count; i++) {
            double[] row = rows[order[i]];
            boolean alike = Arrays.stream(centers, 0, taken).anyMatch(center -> dot(center, row) >= SIMILAR);
            if (!alike) {
                centers[taken++] = row;
            }
        }
        for (; taken < count; taken++) {
            centers[taken] = rows[random.nextInt(rows.length)];
        }
        return centers;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }
}
