package org.hscl.eval;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.hscl.engine.SeededRandom;

/**
 * A range that covers the truth in nine of ten cases, as far as the pictures that it was computed from stand for others.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {

    /** How often it is meant to cover. */
    public static final double LEVEL = 0.9;

    private static final int DRAWS = 1000;

    /** Checks the order. */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("the interval is %s … %s; give the lower end first".formatted(low, high));
        }
    }

    /**
     * The percentile bootstrap (Efron 1979): from the 5th to the 95th percentile of what resampled pictures give.
     *
     * @param seed of the draws
     * @param resampled a statistic of one resample, which it draws from the generator that it is given
     */
    public static Interval bootstrap(long seed, ToDoubleFunction<SplittableRandom> resampled) {
        double[] values = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            values[i] = resampled.applyAsDouble(SeededRandom.at(seed, i));
        }
        return ofDraws(values);
    }

    /** From the 5th to the 95th percentile. */
    static Interval ofDraws(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double tail = (1 - LEVEL) / 2 * (sorted.length - 1);
        return new Interval(sorted[(int) Math.floor(tail)], sorted[(int) Math.ceil(sorted.length - 1 - tail)]);
    }

    /** As many values, each drawn from all with replacement. */
    static double[] resample(double[] values, SplittableRandom random) {
        double[] drawn = new double[values.length];
        Arrays.setAll(drawn, i -> values[random.nextInt(values.length)]);
        return drawn;
    }

    /**
     * How large a share may be of which some pictures were counted. Resampling says nothing where none or all were counted; there the
     * far end is the share that would give that in one of twenty cases.
     */
    static Interval ofShare(int counted, int all, long seed) {
        double extreme = 1 - Math.pow((1 - LEVEL) / 2, 1.0 / all);
        if (counted == 0 || counted == all) {
            return counted == 0 ? new Interval(0, extreme) : new Interval(1 - extreme, 1);
        }
        return bootstrap(seed, random -> random.ints(all, 0, all).filter(i -> i < counted).count() / (double) all);
    }

    /** Whether it holds a value. */
    public boolean covers(double value) {
        return low <= value && value <= high;
    }

    /** A share in per cent, such as {@code 76 to 94 %}. */
    String percent() {
        return String.format(Locale.ROOT, "%.0f to %.0f %%", 100 * low, 100 * high);
    }
}
