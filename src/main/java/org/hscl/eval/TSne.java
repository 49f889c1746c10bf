package org.hscl.eval;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hscl.engine.Interruption;
import org.hscl.engine.SeededRandom;

/**
 * t-SNE, exact: a map of points in the plane that keeps neighbours together (van der Maaten and Hinton, Visualizing Data using
 * t-SNE, JMLR 2008), for the paper's Figure 3. Time grows with the square of the number of points: 1000 take seconds.
 *
 * @param perplexity how many neighbours a point has, roughly; there 5 – 50
 * @param iterations steps of gradient descent; there 1000
 * @param learningRate η; there 100
 * @param seed of the first, tiny positions
 */
public record TSne(double perplexity, int iterations, double learningRate, long seed) {

    private static final int EXAGGERATED = 50;
    private static final double EXAGGERATION = 4;
    private static final int SLOW = 250;
    private static final double FIRST_SPREAD = 1e-2; // variance 10⁻⁴
    private static final double MIN_GAIN = 0.01;

    /** Checks the ranges. */
    public TSne {
        if (!(perplexity >= 1) || iterations < 1 || !(learningRate > 0)) {
            throw new IllegalArgumentException(
                    "perplexity is %s, iterations %d, learningRate %s; give at least 1, at least 1, above 0"
                            .formatted(perplexity, iterations, learningRate));
        }
    }

    /** Perplexity 30, 1000 iterations, seed 1. */
    public static TSne defaults() {
        return new TSne(30, 1000, 100, 1);
    }

    /** Another perplexity. */
    public TSne withPerplexity(double neighbours) {
        return new TSne(neighbours, iterations, learningRate, seed);
    }

    /** Another number of iterations. */
    public TSne withIterations(int count) {
        return new TSne(perplexity, count, learningRate, seed);
    }

    /** Another learning rate. */
    public TSne withLearningRate(double rate) {
        return new TSne(perplexity, iterations, rate, seed);
    }

    /** Another seed. */
    public TSne withSeed(long number) {
        return new TSne(perplexity, iterations, learningRate, number);
    }

    /**
     * Maps rows, such as {@link org.hscl.detect.AnomalyDetector#projections projections}.
     *
     * @param rows (N, D) with more rows than the perplexity
     * @return (N, 2), centred; without a unit
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public double[][] map(float[][] rows) {
        return map(IntStream.range(0, rows.length)
                .mapToObj(i -> IntStream.range(0, rows[i].length).mapToDouble(d -> rows[i][d]).toArray())
                .toArray(double[][]::new));
    }

    /** Maps rows. */
    public double[][] map(double[][] rows) {
        if (rows.length <= perplexity + 1) {
            throw new IllegalArgumentException("%d rows for a perplexity of %s; give more rows or a lower perplexity"
                    .formatted(rows.length, perplexity));
        }
        double[][] p = Affinities.symmetric(rows, perplexity);
        double[][] y = firstPositions(rows.length);
        double[][] velocity = new double[y.length][2];
        double[][] gain = new double[y.length][2];
        IntStream.range(0, y.length).forEach(i -> gain[i][0] = gain[i][1] = 1);
        for (int t = 0; t < iterations; t++) {
            Interruption.check("t-SNE");
            double[][] gradient = gradient(p, y, t < EXAGGERATED ? EXAGGERATION : 1);
            descend(y, velocity, gain, gradient, t < SLOW ? 0.5 : 0.8);
        }
        return y;
    }

    private double[][] firstPositions(int count) {
        SplittableRandom random = SeededRandom.at(seed);
        double[][] y = new double[count][2];
        for (double[] point : y) {
            point[0] = FIRST_SPREAD * random.nextGaussian();
            point[1] = FIRST_SPREAD * random.nextGaussian();
        }
        return y;
    }

    /** One step with momentum and a gain for each coordinate (Jacobs 1988), then centring. */
    private void descend(double[][] y, double[][] velocity, double[][] gain, double[][] gradient, double momentum) {
        for (int d = 0; d < 2; d++) {
            double mean = 0;
            for (int i = 0; i < y.length; i++) {
                boolean sameWay = gradient[i][d] * velocity[i][d] < 0;
                gain[i][d] = sameWay ? gain[i][d] + 0.2 : Math.max(gain[i][d] * 0.8, MIN_GAIN);
                velocity[i][d] = momentum * velocity[i][d] - learningRate * gain[i][d] * gradient[i][d];
                y[i][d] += velocity[i][d];
                mean += y[i][d] / y.length;
            }
            for (double[] point : y) {
                point[d] -= mean;
            }
        }
    }

    /**
     * The gradient of the Kullback–Leibler divergence, Eq. 5: 4 Σⱼ (e·pᵢⱼ − qᵢⱼ)(yᵢ − yⱼ) / (1 + ‖yᵢ − yⱼ‖²).
     *
     * @param exaggeration e, 1 but for the first steps
     */
    static double[][] gradient(double[][] p, double[][] y, double exaggeration) {
        double total = total(y);
        return IntStream.range(0, y.length)
                .parallel()
                .mapToObj(i -> {
                    double[] sum = new double[2];
                    for (int j = 0; j < y.length; j++) {
                        double closeness = closeness(y[i], y[j]);
                        double factor = 4 * (exaggeration * p[i][j] - closeness / total) * closeness;
                        sum[0] += factor * (y[i][0] - y[j][0]);
                        sum[1] += factor * (y[i][1] - y[j][1]);
                    }
                    return sum;
                })
                .toArray(double[][]::new);
    }

    /** What qᵢⱼ is divided by: the sum of closeness over all pairs. Summed in a fixed order, so that a seed gives one map. */
    static double total(double[][] y) {
        double[] rows = IntStream.range(0, y.length)
                .parallel()
                .mapToDouble(i -> {
                    double sum = 0;
                    for (int j = 0; j < y.length; j++) {
                        sum += j == i ? 0 : closeness(y[i], y[j]);
                    }
                    return sum;
                })
                .toArray();
        double total = 0;
        for (double row : rows) {
            total += row;
        }
        return total;
    }

    /** Student's kernel, 1 / (1 + ‖a − b‖²). */
    static double closeness(double[] a, double[] b) {
        double x = a[0] - b[0];
        double y = a[1] - b[1];
        return 1 / (1 + x * x + y * y);
    }
}
