package org.hscl.baseline;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hscl.engine.SeededRandom;

/**
 * Kernel density estimation with a Gaussian kernel. The score is the log density. Of eight bandwidths, from the median distance
 * between vectors down by factors of √2, the one with the highest leave-one-out likelihood is taken, measured on up to 1000
 * vectors.
 */
final class KernelDensity implements VectorMethod {

    private static final int BANDWIDTHS = 8;
    private static final int MEASURED = 1000;

    @Override
    public String name() {
        return "KDE";
    }

    @Override
    public String citation() {
        return "Parzen, On Estimation of a Probability Density Function and Mode, Annals of Mathematical Statistics 1962";
    }

    @Override
    public ToDoubleFunction<double[]> fit(double[][] rows, long seed) {
        double bandwidth = bandwidth(rows, seed);
        return row -> logDensity(
                Arrays.stream(rows).mapToDouble(other -> squaredDistance(row, other)).toArray(), bandwidth, row.length);
    }

    private static double bandwidth(double[][] rows, long seed) {
        int[] order = SeededRandom.permutation(rows.length, SeededRandom.at(seed));
        int[] drawn = Arrays.copyOf(order, Math.min(order.length, MEASURED));
        double[][] squared = Arrays.stream(drawn)
                .mapToObj(i -> Arrays.stream(drawn)
                        .filter(j -> j != i)
                        .mapToDouble(j -> squaredDistance(rows[i], rows[j]))
                        .toArray())
                .toArray(double[][]::new);
        double[] all = Arrays.stream(squared).flatMapToDouble(Arrays::stream).sorted().toArray();
        double median = all.length == 0 ? 1 : Math.sqrt(Math.max(all[all.length / 2], Double.MIN_NORMAL));
        return IntStream.range(0, BANDWIDTHS)
                .mapToObj(k -> median * Math.pow(2, -k / 2.0))
                .max(Comparator.comparingDouble(h ->
                        Arrays.stream(squared).mapToDouble(one -> logDensity(one, h, rows[0].length)).sum()))
                .orElseThrow();
    }

    /** log of the mean of Gaussians of a bandwidth at some squared distances, in D dimensions. */
    static double logDensity(double[] squared, double bandwidth, int dimensions) {
        double scale = 2 * bandwidth * bandwidth;
        double nearest = Arrays.stream(squared).min().orElse(0);
        double sum = Arrays.stream(squared).map(d -> Math.exp((nearest - d) / scale)).sum();
        return Math.log(sum / squared.length) - nearest / scale - dimensions * Math.log(Math.PI * scale) / 2;
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
