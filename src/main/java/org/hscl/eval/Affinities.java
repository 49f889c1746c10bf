package org.hscl.eval;

import java.util.stream.IntStream;

/**
 * Which points are neighbours of which, as probabilities: p(j|i) ∝ exp(−βᵢ‖xᵢ − xⱼ‖²), βᵢ such that the perplexity 2^H of each
 * row is the wanted one; then pᵢⱼ = (p(j|i) + p(i|j)) / 2N (van der Maaten and Hinton 2008, section 2 and Eq. 1).
 */
final class Affinities {

    private static final int BISECTIONS = 100;
    private static final double TOLERANCE = 1e-6;

    private Affinities() {}

    /** Symmetric probabilities that sum to 1, the diagonal 0: rows (N, D) → (N, N). */
    static double[][] symmetric(double[][] rows, double perplexity) {
        double[][] conditional = conditional(rows, perplexity);
        int n = rows.length;
        double[][] p = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                p[i][j] = (conditional[i][j] + conditional[j][i]) / (2 * n);
            }
        }
        return p;
    }

    /** p(j|i) as row i; each row sums to 1, (N, N). */
    static double[][] conditional(double[][] rows, double perplexity) {
        return IntStream.range(0, rows.length)
                .parallel()
                .mapToObj(i -> calibrated(squaredDistances(rows, i), i, perplexity))
                .toArray(double[][]::new);
    }

    /** Bisects β until the row has the wanted entropy. */
    private static double[] calibrated(double[] squared, int own, double perplexity) {
        double wanted = Math.log(perplexity);
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double beta = 1;
        double[] p = row(squared, own, beta);
        for (int t = 0; t < BISECTIONS; t++) {
            double excess = entropy(p) - wanted;
            if (Math.abs(excess) < TOLERANCE) {
                break;
            }
            if (excess > 0) { // too many neighbours: a narrower kernel
                low = beta;
                beta = Double.isInfinite(high) ? 2 * beta : (low + high) / 2;
            } else {
                high = beta;
                beta = (low + high) / 2;
            }
            p = row(squared, own, beta);
        }
        return p;
    }

    private static double[] row(double[] squared, int own, double beta) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < squared.length; j++) {
            nearest = j == own ? nearest : Math.min(nearest, squared[j]);
        }
        double[] p = new double[squared.length];
        double sum = 0;
        for (int j = 0; j < p.length; j++) {
            p[j] = j == own ? 0 : Math.exp(-beta * (squared[j] - nearest));
            sum += p[j];
        }
        for (int j = 0; j < p.length; j++) {
            p[j] /= sum;
        }
        return p;
    }

    /** In nats. */
    private static double entropy(double[] p) {
        double sum = 0;
        for (double value : p) {
            sum -= value > 0 ? value * Math.log(value) : 0;
        }
        return sum;
    }

    private static double[] squaredDistances(double[][] rows, int own) {
        double[] squared = new double[rows.length];
        for (int j = 0; j < squared.length; j++) {
            for (int d = 0; d < rows[own].length; d++) {
                double difference = rows[own][d] - rows[j][d];
                squared[j] += difference * difference;
            }
        }
        return squared;
    }
}
