package org.hscl.eval;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What wrong decisions cost; only the ratio of the two decides where the line is drawn.
 *
 * @param missed price of an anomaly that is not reported (a false negative), above 0
 * @param alarm price of a normal image that is reported (a false positive), above 0
 */
public record Costs(double missed, double alarm) {

    static final String RULE = "cost=";

    /** Checks the prices. */
    public Costs {
        if (!(missed > 0 && alarm > 0 && Double.isFinite(missed) && Double.isFinite(alarm))) {
            throw new IllegalArgumentException(
                    "the costs are %s for a miss and %s for a false alarm; give two numbers above 0, as in cost=10:1".formatted(missed, alarm));
        }
    }

    /** Reads {@code cost=FN:FP}. */
    static Costs read(String rule) {
        String[] prices = rule.substring(RULE.length()).split(":", -1);
        try {
            if (prices.length == 2) {
                return new Costs(Double.parseDouble(prices[0]), Double.parseDouble(prices[1]));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the rule is '%s'; give two numbers, a miss and a false alarm, as in cost=10:1".formatted(rule), e);
        }
        throw new IllegalArgumentException("the rule is '%s'; give two numbers, a miss and a false alarm, as in cost=10:1".formatted(rule));
    }

    /**
     * The threshold whose wrong decisions about these images cost least, in the middle between the two scores that it
     * separates. It may report none or all of them. Where several cost the same, the one that reports fewest.
     *
     * @param scores of images whose truth is known, (N)
     * @param abnormal the truth, (N)
     * @throws IllegalArgumentException if either kind is missing
     */
    public Threshold threshold(double[] scores, boolean[] abnormal) {
        Threshold.checkKnown(scores, abnormal);
        int[] order = IntStream.range(0, scores.length).boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i])).mapToInt(i -> i).toArray();
        double cost = missed * IntStream.range(0, abnormal.length).filter(i -> abnormal[i]).count();
        double least = cost;
        double chosen = Threshold.between(Double.NEGATIVE_INFINITY, scores[order[0]]);
        for (int i = 0; i < order.length; i++) {
            cost += abnormal[order[i]] ? -missed : alarm;
            double next = i + 1 < order.length ? scores[order[i + 1]] : Double.POSITIVE_INFINITY;
            if (next - scores[order[i]] > 2 * Threshold.MARGIN && cost < least - 1e-9 * Math.max(missed, alarm)) {
                least = cost;
                chosen = Threshold.between(scores[order[i]], next);
            }
        }
        return new Threshold(RULE + missed + ":" + alarm, chosen, Optional.empty());
    }

    /** What the decisions of a threshold about images whose truth is known cost, in the unit of the prices. */
    public double of(Threshold threshold, double[] scores, boolean[] abnormal) {
        Threshold.checkKnown(scores, abnormal);
        boolean[] reported = threshold.areAnomalies(scores);
        return IntStream.range(0, scores.length).mapToDouble(i -> reported[i] == abnormal[i] ? 0 : abnormal[i] ? missed : alarm).sum();
    }
}
