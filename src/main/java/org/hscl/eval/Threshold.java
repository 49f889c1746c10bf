package org.hscl.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The score below which an image is reported as an anomaly. Here the anomaly is what is looked for, so a false positive is
 * a normal image that is reported.
 *
 * @param rule how it was found: one of {@link #RULES}, or {@code fixed}
 * @param score images below it are anomalies
 * @param mixture what {@link #fromUnlabeled} found, for the chart that explains it
 */
public record Threshold(String rule, double score, Optional<ScoreMixture> mixture) {

    /** The names that {@link #named} knows; the last one takes a rate, as in {@code false-positive-rate=0.05}. */
    public static final List<String> RULES = List.of("labels", "unlabeled", "false-positive-rate");

    private static final String RATE = "false-positive-rate=";

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
     * A threshold from the scores of the training images.
     *
     * @param rule one of {@link #RULES}; a false positive rate without a number is 0.05
     * @throws IllegalArgumentException if there is no such rule, or the training images it needs are missing
     */
    public static Threshold named(String rule, TrainingScores scores) {
        if (rule.equals("labels")) {
            double[] known = DoubleStream.concat(
                    Arrays.stream(scores.labeledNormal()), Arrays.stream(scores.labeledAbnormal())).toArray();
            boolean[] abnormal = new boolean[known.length];
            Arrays.fill(abnormal, scores.labeledNormal().length, known.length, true);
            return fromLabels(known, abnormal);
        }
        if (rule.equals("unlabeled")) {
            return fromUnlabeled(scores.unlabeled());
        }
        if (rule.equals("false-positive-rate") || rule.startsWith(RATE)) {
            boolean labels = scores.labeledNormal().length > 0;
            return atFalsePositiveRate(labels ? scores.labeledNormal() : scores.unlabeled(), rate(rule));
        }
        throw new IllegalArgumentException("there is no threshold rule '%s'; choose one of %s"
                .formatted(rule, String.join(", ", RULES)));
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

    private static double rate(String rule) {
        String number = rule.startsWith(RATE) ? rule.substring(RATE.length()) : "0.05";
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the false positive rate is '" + number + "'; give a number such as 0.05", e);
        }
    }

    /**
     * The threshold with the best F1 = 2PR / (P + R) of anomalies, in the middle between the two scores that it separates.
     *
     * @param scores of images whose truth is known, (N)
     * @param abnormal the truth, (N)
     * @throws IllegalArgumentException if either kind is missing
     */
    public static Threshold fromLabels(double[] scores, boolean[] abnormal) {
        checkFinite(scores);
        int anomalies = (int) IntStream.range(0, abnormal.length).filter(i -> abnormal[i]).count();
        if (scores.length != abnormal.length || anomalies == 0 || anomalies == scores.length) {
            throw new IllegalArgumentException("%d scores, %d of them of anomalies; a threshold from labels needs both kinds"
                    .formatted(scores.length, anomalies));
        }
        int[] order = IntStream.range(0, scores.length).boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i])).mapToInt(i -> i).toArray();
        double best = -1;
        double threshold = 0;
        int found = 0;
        for (int reported = 1; reported <= order.length; reported++) {
            double last = scores[order[reported - 1]];
            found += abnormal[order[reported - 1]] ? 1 : 0;
            double next = reported < order.length ? scores[order[reported]] : Math.nextUp(last);
            double f1 = 2.0 * found / (reported + anomalies);
            if (next > last && f1 > best) {
                best = f1;
                threshold = Math.max(last + (next - last) / 2, Math.nextUp(last));
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
        checkFinite(normalScores);
        if (normalScores.length == 0 || !(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("%d normal scores, false positive rate %s; give at least one score and a rate in [0, 1]"
                    .formatted(normalScores.length, rate));
        }
        double[] sorted = normalScores.clone();
        Arrays.sort(sorted);
        int allowed = (int) Math.floor(rate * sorted.length + 1e-9);
        double threshold = allowed == sorted.length ? Math.nextUp(sorted[allowed - 1]) : sorted[allowed];
        return new Threshold(RATE + rate, threshold, Optional.empty());
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
        return new Threshold("unlabeled", mixture.threshold(), Optional.of(mixture));
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

    /** The estimated part of anomalies among the unlabeled images, where the rule estimates it. */
    public Optional<Double> contaminationRatio() {
        return mixture.map(ScoreMixture::abnormalShare);
    }
}
