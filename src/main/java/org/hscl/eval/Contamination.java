package org.hscl.eval;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * How large a part of a pile of pictures is anomalies, with an interval. It takes held-out labels: each threshold reports some part of
 * the pile, of the normal pictures and of the anomalies, and the share that makes the first a mixture of the other two is the estimate;
 * of those at the thresholds that separate well, the median (Forman 2008, <i>Quantifying counts and costs via classification</i>, median
 * sweep). The interval resamples the pile and both kinds of labels.
 *
 * <p>Neither the pile nor the labels may have trained the detector: it pulls the anomalies that hide among its unlabeled pictures to the
 * normal ones, so that such a pile looks clean. And the labeled anomalies must be of the kinds that the pile has.
 *
 * @param share estimated part of anomalies, in [0, 0.5]
 * @param interval covers the true share in about nine of ten cases
 * @param pictures in the pile
 * @param normals labeled
 * @param anomalies labeled
 */
public record Contamination(double share, Interval interval, int pictures, int normals, int anomalies) {

    /** The largest share that is looked for: what is more than half of a pile is what the pile is of. */
    public static final double LARGEST = 0.5;

    /** Pictures of a pile without which an estimate means nothing. */
    public static final int FEWEST = 20;

    /** An interval as wide as this says nothing that helps. */
    private static final double TOO_WIDE = 0.35;

    /** Thresholds count that separate at least so well in proportion to the best; chosen on airplanes and T-shirts. */
    private static final double WELL = 0.75;

    private static final long SEED = 25;

    /**
     * Estimates it.
     *
     * @param pile scores of the pictures in question, which the detector has not seen
     * @param heldOut scores of labeled pictures, which it has not seen either
     * @throws IllegalArgumentException if the pile is too small
     */
    public static Contamination of(double[] pile, HeldOut heldOut) {
        if (pile.length < FEWEST) {
            throw new IllegalArgumentException("%d pictures are too few to say how dirty they are; give at least %d".formatted(pile.length, FEWEST));
        }
        Interval interval = Interval.bootstrap(SEED, random -> medianSweep(Interval.resample(pile, random),
                Interval.resample(heldOut.normal(), random), Interval.resample(heldOut.abnormal(), random)));
        return new Contamination(medianSweep(pile, heldOut.normal(), heldOut.abnormal()), interval, pile.length, heldOut.normal().length,
                heldOut.abnormal().length);
    }

    private static double medianSweep(double[] pile, double[] normal, double[] abnormal) {
        double[] scores = sorted(pile);
        double[] known = sorted(normal);
        double[] bad = sorted(abnormal);
        double[] levels = DoubleStream.concat(Arrays.stream(known), Arrays.stream(bad)).sorted().distinct().toArray();
        double[] apart = Arrays.stream(levels).map(level -> below(bad, level) - below(known, level)).toArray();
        double best = Arrays.stream(apart).max().orElse(0);
        if (best <= 0) {
            return 0; // the detector takes anomalies for the more normal ones
        }
        double[] shares = new double[levels.length];
        int count = 0;
        for (int i = 0; i < levels.length; i++) {
            if (apart[i] >= WELL * best) {
                shares[count++] = (below(scores, levels[i]) - below(known, levels[i])) / apart[i];
            }
        }
        Arrays.sort(shares, 0, count);
        double median = (shares[(count - 1) / 2] + shares[count / 2]) / 2;
        return Math.min(Math.max(median, 0), LARGEST);
    }

    private static double[] sorted(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** The part of sorted scores at or below a level. */
    private static double below(double[] sorted, double level) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) / 2;
            if (sorted[middle] <= level) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return (double) from / sorted.length;
    }

    /** Whether the interval is narrow enough to go by. */
    public boolean isKnown() {
        return interval.high() - interval.low() <= TOO_WIDE;
    }

    /** In a sentence. */
    public String words() {
        return isKnown()
                ? String.format(Locale.ROOT, "Of the %,d pictures without a label about %.0f %% are anomalies (90 %% interval %s), judged by %,d "
                        + "normal pictures and %,d anomalies that are labeled; true if these are of the same kinds.",
                        pictures, 100 * share, interval.percent(), normals, anomalies)
                : String.format(Locale.ROOT, "How many of the %,d pictures without a label are anomalies cannot be known from %,d normal pictures and "
                        + "%,d anomalies that are labeled: anything from %s fits; label more of both.",
                        pictures, normals, anomalies, interval.percent());
    }
}
