package org.hscl.eval;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * What a threshold would have decided about held-out pictures.
 *
 * @param threshold below it, a picture is reported
 * @param anomalies held out
 * @param found of them
 * @param normals held out
 * @param alarms of them: reported all the same
 */
public record Decision(Threshold threshold, int anomalies, int found, int normals, int alarms) {

    private static final long SEED = 24;

    /** How large a part of other such anomalies it would find. */
    public Interval foundShare() {
        return Interval.ofShare(found, anomalies, SEED);
    }

    /** How large a part of other such normal pictures it would report. */
    public Interval alarmShare() {
        return Interval.ofShare(alarms, normals, SEED);
    }

    /** What it would have cost, in the unit of the prices. */
    public double cost(Costs costs) {
        return costs.missed() * (anomalies - found) + costs.alarm() * alarms;
    }

    /** How sure that cost is, for as many such pictures. */
    public Interval costInterval(Costs costs) {
        return Interval.bootstrap(SEED, random -> {
            int[] drawn = HeldOut.resampled(this, random);
            return costs.missed() * (anomalies - drawn[0]) + costs.alarm() * drawn[1];
        });
    }

    /** All of it in sentences. */
    public String words() {
        return String.format(Locale.ROOT, "%s Of %,d held-out anomalies it would have found %,d (%.0f %%; 90 %% interval %s); of %,d held-out "
                        + "normal pictures it would have reported %,d (%.0f %%; %s).%s",
                rule(threshold), anomalies, found, 100.0 * found / anomalies, foundShare().percent(), normals, alarms,
                100.0 * alarms / normals, alarmShare().percent(), price());
    }

    /** What a threshold reports, and by which rule, in a sentence. */
    public static String rule(Threshold threshold) {
        String rule = threshold.rule();
        String why = switch (rule.split("=")[0]) {
            case "fixed" -> "which was given";
            case "labels" -> "which separates the labeled training pictures best (F1)";
            case "unlabeled" -> "at which an unlabeled training picture is as likely an anomaly as not, by two normal distributions";
            case "false-positive-rate" -> String.format(Locale.ROOT, "which was meant to report %s %% of normal pictures", plain(100 * ThresholdRule.rate(rule)));
            case "review" -> ThresholdRule.isCount(rule)
                    ? String.format(Locale.ROOT, "so that of every %2$s pictures like the unlabeled ones about %1$s are looked at",
                            (Object[]) rule.substring(ThresholdRule.REVIEW.length()).split(":"))
                    : String.format(Locale.ROOT, "so that %s %% of pictures like the unlabeled ones are looked at", plain(100 * ThresholdRule.share(rule)));
            case "cost" -> String.format(Locale.ROOT, "the cheapest for the labeled training pictures where a miss costs %s and a false alarm %s",
                    plain(Costs.read(rule).missed()), plain(Costs.read(rule).alarm()));
            default -> "by the rule " + rule;
        };
        return String.format(Locale.ROOT, "Reported is what scores below %.4f, %s.", threshold.score(), why);
    }

    private String price() {
        if (!threshold.rule().startsWith(Costs.RULE)) {
            return "";
        }
        Costs costs = Costs.read(threshold.rule());
        Interval sure = costInterval(costs);
        return String.format(Locale.ROOT, " That costs %s for these %,d pictures (90 %% interval %s to %s); to report none would cost %s, all %s.",
                plain(cost(costs)), anomalies + normals, plain(sure.low()), plain(sure.high()), plain(costs.missed() * anomalies),
                plain(costs.alarm() * normals));
    }

    private static String plain(double number) {
        return new BigDecimal(number).round(new MathContext(4)).stripTrailingZeros().toPlainString();
    }
}
