package org.hscl.eval;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.hscl.scenario.Label;

/** The names of threshold rules, what each needs, and what each finds. */
final class ThresholdRule {

    static final String RATE = "false-positive-rate=";
    static final String REVIEW = "review=";

    private ThresholdRule() {}

    /** Refuses a rule that images with these labels cannot serve. */
    static void check(String rule, Label[] labels) {
        Map<Label, Long> counts = Arrays.stream(labels).collect(Collectors.groupingBy(label -> label, Collectors.counting()));
        long normal = counts.getOrDefault(Label.NORMAL, 0L);
        long abnormal = counts.getOrDefault(Label.ABNORMAL, 0L);
        long unlabeled = counts.getOrDefault(Label.UNLABELED, 0L);
        String missing = "";
        if (rule.startsWith(Costs.RULE)) {
            Costs.read(rule);
        }
        if (rule.equals("labels") || rule.startsWith(Costs.RULE)) {
            missing = normal > 0 && abnormal > 0 ? "" : "labeled pictures of both kinds";
        } else if (rule.equals("unlabeled")) {
            missing = unlabeled >= ScoreMixture.FEWEST ? "" : "at least %d unlabeled pictures".formatted(ScoreMixture.FEWEST);
        } else if (rule.startsWith(REVIEW)) {
            share(rule);
            missing = unlabeled > 0 ? "" : "unlabeled pictures";
        } else if (isRate(rule)) {
            checkRate(rate(rule));
            missing = normal + unlabeled > 0 ? "" : "normal or unlabeled pictures";
        } else {
            throw unknown(rule);
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("the threshold rule '%s' needs %s; there are %d normal, %d abnormal, %d unlabeled"
                    .formatted(rule, missing, normal, abnormal, unlabeled));
        }
    }

    /** What {@link Threshold#named} finds. */
    static Threshold threshold(String rule, TrainingScores scores) {
        if (rule.equals("labels") || rule.startsWith(Costs.RULE)) {
            double[] known = DoubleStream.concat(
                    Arrays.stream(scores.labeledNormal()), Arrays.stream(scores.labeledAbnormal())).toArray();
            boolean[] abnormal = new boolean[known.length];
            Arrays.fill(abnormal, scores.labeledNormal().length, known.length, true);
            return rule.equals("labels") ? Threshold.fromLabels(known, abnormal) : Costs.read(rule).threshold(known, abnormal);
        }
        if (rule.startsWith(REVIEW)) {
            double score = Threshold.lowest(scores.unlabeled(), share(rule), REVIEW).score();
            return new Threshold(rule, score, Optional.empty());
        }
        if (rule.equals("unlabeled")) {
            return Threshold.fromUnlabeled(scores.unlabeled());
        }
        if (isRate(rule)) {
            boolean labels = scores.labeledNormal().length > 0;
            return Threshold.atFalsePositiveRate(labels ? scores.labeledNormal() : scores.unlabeled(), rate(rule));
        }
        throw unknown(rule);
    }

    static boolean isRate(String rule) {
        return rule.equals("false-positive-rate") || rule.startsWith(RATE);
    }

    static void checkRate(double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("the false positive rate is %s; give a rate in [0, 1]".formatted(rate));
        }
    }

    static IllegalArgumentException unknown(String rule) {
        return new IllegalArgumentException("there is no threshold rule '%s'; choose one of %s".formatted(rule, String.join(", ", Threshold.RULES)));
    }

    /** Whether a review budget is a count of pictures, as in {@code review=50:2000}. */
    static boolean isCount(String rule) {
        return rule.indexOf(':') >= 0;
    }

    /** A share, or a count of how many. */
    static double share(String rule) {
        String[] numbers = rule.substring(REVIEW.length()).split(":", -1);
        try {
            double share = Double.parseDouble(numbers[0]) / (numbers.length == 2 ? Double.parseDouble(numbers[1]) : 1);
            if (numbers.length <= 2 && share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(review(rule), e);
        }
        throw new IllegalArgumentException(review(rule));
    }

    private static String review(String rule) {
        return "the rule is '%s'; give a share in [0, 1], as in review=0.1, or how many of how many can be looked at, as in review=50:2000".formatted(rule);
    }

    static double rate(String rule) {
        String number = rule.startsWith(RATE) ? rule.substring(RATE.length()) : "0.05";
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the false positive rate is '" + number + "'; give a number such as 0.05", e);
        }
    }
}
