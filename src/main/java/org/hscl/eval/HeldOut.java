package org.hscl.eval;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Scores of labeled pictures that the detector has not seen: what decisions are tried out on. All intervals are seeded bootstraps
 * that resample normal pictures and anomalies apart.
 *
 * @param normal scores of normal pictures; higher is more normal
 * @param abnormal scores of anomalies
 */
public record HeldOut(double[] normal, double[] abnormal) {

    /** Pictures of each kind without which an interval means nothing. */
    public static final int FEWEST = 5;

    private static final long SEED = 23;

    /** Checks that there are enough of each kind. */
    public HeldOut {
        if (normal.length < FEWEST || abnormal.length < FEWEST) {
            throw new IllegalArgumentException(("%d normal and %d abnormal pictures are held out; label at least %d of each kind that the "
                    + "detector was not trained on").formatted(normal.length, abnormal.length, FEWEST));
        }
    }

    /**
     * Sorts scores by their truth.
     *
     * @throws IllegalArgumentException if there are fewer than five of a kind
     */
    public static HeldOut of(double[] scores, boolean[] abnormal) {
        return new HeldOut(select(scores, abnormal, false), select(scores, abnormal, true));
    }

    private static double[] select(double[] scores, boolean[] abnormal, boolean wanted) {
        return IntStream.range(0, scores.length).filter(i -> abnormal[i] == wanted).mapToDouble(i -> scores[i]).toArray();
    }

    /** All scores, the normal ones first. */
    public double[] scores() {
        return DoubleStream.concat(DoubleStream.of(normal), DoubleStream.of(abnormal)).toArray();
    }

    /** The truth of {@link #scores()}. */
    public boolean[] truth() {
        boolean[] truth = new boolean[normal.length + abnormal.length];
        IntStream.range(normal.length, truth.length).forEach(i -> truth[i] = true);
        return truth;
    }

    /** Its curve. */
    public Roc roc() {
        return Roc.of(scores(), truth());
    }

    /** How sure the AUROC is. */
    public Interval aurocInterval() {
        return interval((some, others) -> new HeldOut(some, others).roc().auroc());
    }

    /** How anomalies are found. */
    public PrecisionRecall precisionRecall() {
        return PrecisionRecall.of(scores(), truth());
    }

    /** How sure the average precision is. */
    public Interval averagePrecisionInterval() {
        return interval((some, others) -> new HeldOut(some, others).precisionRecall().averagePrecision());
    }

    /**
     * Of a statistic of normal and abnormal scores that is 1 where they are all apart. Resampling says nothing there; the low end is then
     * the share that the rarer kind may have on the right side and still be all there in one of twenty cases.
     */
    private Interval interval(ToDoubleBiFunction<double[], double[]> statistic) {
        if (statistic.applyAsDouble(normal, abnormal) == 1) {
            int rarer = Math.min(normal.length, abnormal.length);
            return Interval.ofShare(rarer, rarer, SEED);
        }
        return Interval.bootstrap(SEED, random -> statistic.applyAsDouble(Interval.resample(normal, random), Interval.resample(abnormal, random)));
    }

    /** What a threshold would have decided about these pictures. */
    public Decision decided(Threshold threshold) {
        int found = (int) DoubleStream.of(abnormal).filter(threshold::isAnomaly).count();
        int alarms = (int) DoubleStream.of(normal).filter(threshold::isAnomaly).count();
        return new Decision(threshold, abnormal.length, found, normal.length, alarms);
    }

    /**
     * What the same rule would decide if these pictures' scores set the threshold in the place of the training's, about the same
     * pictures; none for rules that read no labels. Training pictures lie further apart than new ones, so this is often the better line.
     */
    public Optional<Decision> tuned(String rule) {
        boolean labels = rule.equals("labels") || rule.startsWith(Costs.RULE) || ThresholdRule.isRate(rule);
        return labels ? Optional.of(decided(Threshold.named(rule, new TrainingScores(normal, new double[0], abnormal)))) : Optional.empty();
    }

    /** Found anomalies and false alarms of one resample, for what depends on both. */
    static int[] resampled(Decision decision, SplittableRandom random) {
        int found = (int) random.ints(decision.anomalies(), 0, decision.anomalies()).filter(i -> i < decision.found()).count();
        int alarms = (int) random.ints(decision.normals(), 0, decision.normals()).filter(i -> i < decision.alarms()).count();
        return new int[] {found, alarms};
    }
}
