package org.hscl.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hscl.scenario.Label;

/**
 * The score below which an image is reported as an anomaly. Here the anomaly is what is looked for, so a false positive is
 * a normal image that is reported.
 *
 * @param rule how it was found: one of {@link #RULES}, or {@code fixed}
 * @param score images below it are anomalies
 * @param mixture what {@link #fromUnlabeled} found, for the chart that explains it
 */
public record Threshold(String rule, double score, Optional<ScoreMixture> mixture) {

    /**
     * The names that {@link #named} knows; the last three take numbers, as in {@code false-positive-rate=0.05},
     * {@code review=0.1} or {@code review=50:2000} and {@code cost=10:1}.
     */
    public static final List<String> RULES = List.of("labels", "unlabeled", "false-positive-rate", "review=SHARE|COUNT:OF", "cost=FN:FP");

    /** No threshold found from scores lies nearer to one of them, so that rounding decides about none of these images. */
    public static final double MARGIN = 1e-6;

    /** Checks that it is a number. */
    public Threshold {
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("the threshold is " + score + "; give a finite score");
        }
    }

    /** A score chosen by hand. */
    public static Threshold at(double score) {
        return new Threshold("fixed", score, Optional.empty());
    }

    /**
     * A threshold by its value, such as {@code -0.35}, or by the name of a rule.
     *
     * @throws IllegalArgumentException as {@link #named}
     */
    public static Threshold of(String ruleOrValue, TrainingScores scores) {
        return ruleOrValue.matches("[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?")
                ? at(Double.parseDouble(ruleOrValue))
                : named(ruleOrValue, scores);
    }

    /**
     * A threshold from the scores of the training images.
     *
     * @param rule one of {@link #RULES}; a false positive rate without a number is 0.05, {@code review} is the part of pictures
     *     like the unlabeled ones that somebody can look at, or a count of how many ({@code review=50:2000}), {@code cost} the price of a miss and of a false alarm ({@link Costs})
     * @throws IllegalArgumentException if there is no such rule, or the training images it needs are missing
     */
    public static Threshold named(String rule, TrainingScores scores) {
        return ThresholdRule.threshold(rule, scores);
    }

    /**
     * What the training images allow: {@code labels} where both kinds are labeled, else {@code unlabeled}, else a false
     * positive rate of 0.05.
     */
    public static Threshold best(TrainingScores scores) {
        boolean labels = scores.labeledNormal().length > 0 && scores.labeledAbnormal().length > 0;
        boolean mixture = scores.unlabeled().length >= ScoreMixture.FEWEST;
        return named(labels ? "labels" : mixture ? "unlabeled" : "false-positive-rate", scores);
    }

    /**
     * Refuses a rule that the training images cannot serve: ask before a long training.
     *
     * @param rule as {@link #named} takes it
     * @param labels of the training images, (N)
     * @throws IllegalArgumentException if there is no such rule, or the images it needs are missing
     */
    public static void check(String rule, Label[] labels) {
        ThresholdRule.check(rule, labels);
    }

    /**
     * The threshold with the best F1 = 2PR / (P + R) of anomalies, in the middle between the two scores that it separates.
     *
     * @param scores of images whose truth is known, (N)
     * @param abnormal the truth, (N)
     * @throws IllegalArgumentException if either kind is missing
     */
    public static Threshold fromLabels(double[] scores, boolean[] abnormal) {
        int anomalies = checkKnown(scores, abnormal);
        int[] order = IntStream.range(0, scores.length).boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i])).mapToInt(i -> i).toArray();
        double best = -1;
        double threshold = 0;
        int found = 0;
        for (int reported = 1; reported <= order.length; reported++) {
            double last = scores[order[reported - 1]];
            found += abnormal[order[reported - 1]] ? 1 : 0;
            double next = reported < order.length ? scores[order[reported]] : Double.POSITIVE_INFINITY;
            double f1 = 2.0 * found / (reported + anomalies);
            if (next - last > 2 * MARGIN && f1 > best) {
                best = f1;
                threshold = between(last, next);
            }
        }
        return new Threshold("labels", threshold, Optional.empty());
    }

    /**
     * The threshold below which a given part of normal images lies.
     *
     * @param normalScores of normal images, better of ones that were not trained on, (N)
     * @param rate the part of normal images that may be reported, in [0, 1]
     * @throws IllegalArgumentException if there are no scores, or the rate is outside
     */
    public static Threshold atFalsePositiveRate(double[] normalScores, double rate) {
        ThresholdRule.checkRate(rate);
        return lowest(normalScores, rate, ThresholdRule.RATE);
    }

    /** Reports a part of the scores, the lowest. */
    static Threshold lowest(double[] normalScores, double rate, String rule) {
        checkFinite(normalScores);
        if (normalScores.length == 0) {
            throw new IllegalArgumentException("there are no scores for the rule " + rule + rate + "; it needs at least one");
        }
        double[] sorted = normalScores.clone();
        Arrays.sort(sorted);
        int allowed = (int) Math.floor(rate * sorted.length + 1e-9);
        int first = allowed; // the lowest score that is not reported, and with it all that are as good as equal
        while (first > 0 && first < sorted.length && sorted[first] - sorted[first - 1] <= 2 * MARGIN) {
            first--;
        }
        double last = first == 0 ? Double.NEGATIVE_INFINITY : sorted[first - 1];
        double next = first == sorted.length ? Double.POSITIVE_INFINITY : sorted[first];
        return new Threshold(rule + rate, between(last, next), Optional.empty());
    }

    /**
     * The threshold at which an image is as likely abnormal as normal under a {@link ScoreMixture} of unlabeled scores. It
     * needs no label, and estimates the contamination ratio as well.
     *
     * @param scores of U, (N)
     * @throws IllegalArgumentException if there are too few
     */
    public static Threshold fromUnlabeled(double[] scores) {
        checkFinite(scores);
        ScoreMixture mixture = ScoreMixture.fit(scores);
        double nearby = mixture.threshold();
        while (isNear(nearby, scores)) {
            nearby -= MARGIN;
        }
        return new Threshold("unlabeled", nearby, Optional.of(mixture));
    }

    private static boolean isNear(double threshold, double[] scores) {
        return Arrays.stream(scores).anyMatch(score -> Math.abs(score - threshold) < MARGIN / 2);
    }

    /** The middle of two scores, or just beyond the only one. */
    static double between(double last, double next) {
        if (Double.isInfinite(last) || Double.isInfinite(next)) {
            return Double.isInfinite(last) ? next - MARGIN : last + MARGIN;
        }
        return last + (next - last) / 2;
    }

    /** The number of anomalies, if both kinds are known. */
    static int checkKnown(double[] scores, boolean[] abnormal) {
        checkFinite(scores);
        int anomalies = (int) IntStream.range(0, abnormal.length).filter(i -> abnormal[i]).count();
        if (scores.length != abnormal.length || anomalies == 0 || anomalies == scores.length) {
            throw new IllegalArgumentException("%d scores, %d of them of anomalies; a threshold from labels needs both kinds"
                    .formatted(scores.length, anomalies));
        }
        return anomalies;
    }

    private static void checkFinite(double[] scores) {
        for (double score : scores) {
            if (!Double.isFinite(score)) {
                throw new IllegalArgumentException("a score is " + score + "; the model has not learned finite weights");
            }
        }
    }

    /** Whether an image of this score is reported. */
    public boolean isAnomaly(double imageScore) {
        return imageScore < score;
    }

    /** Whether each image is reported, (N). */
    public boolean[] areAnomalies(double[] imageScores) {
        boolean[] reported = new boolean[imageScores.length];
        IntStream.range(0, reported.length).forEach(i -> reported[i] = isAnomaly(imageScores[i]));
        return reported;
    }

    /** The estimated part of anomalies among the unlabeled images, where the rule estimates it. */
    public Optional<Double> contaminationRatio() {
        return mixture.map(ScoreMixture::abnormalShare);
    }
}
