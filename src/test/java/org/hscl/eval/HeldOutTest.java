package org.hscl.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldOutTest {

    private static final double[] NORMAL = {0.9, 0.8, 0.8, 0.7, 0.3, 0.6};
    private static final double[] ABNORMAL = {0.1, 0.2, 0.3, 0.4, 0.75};

    private static double[] scores(int count, double mean, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.doubles(count).map(u -> mean + u).toArray();
    }

    @Test
    void precisionAndRecallAreThoseOfCounting() {
        HeldOut known = new HeldOut(NORMAL, ABNORMAL);
        PrecisionRecall curve = known.precisionRecall();
        double sum = 0;
        double before = 0;
        double[] levels = Arrays.stream(known.scores()).distinct().sorted().toArray();
        assertEquals(levels.length, curve.recall().length);
        for (int i = 0; i < levels.length; i++) {
            double level = levels[i];
            double found = Arrays.stream(ABNORMAL).filter(s -> s <= level).count();
            double alarms = Arrays.stream(NORMAL).filter(s -> s <= level).count();
            assertEquals(level, curve.thresholds()[i]);
            assertEquals(found / 5, curve.recall()[i], 1e-12);
            assertEquals(found / (found + alarms), curve.precision()[i], 1e-12);
            sum += (found / 5 - before) * found / (found + alarms);
            before = found / 5;
        }
        assertEquals(sum, curve.averagePrecision(), 1e-12);
    }

    @Test
    void aDecisionCountsWhatItWouldHaveDoneAndWhatThatCosts() {
        Decision decision = new HeldOut(NORMAL, ABNORMAL).decided(new Threshold("cost=10.0:2.0", 0.5, Optional.empty()));
        assertEquals(4, decision.found());
        assertEquals(1, decision.alarms());
        assertEquals(10 + 2, decision.cost(new Costs(10, 2)));
        String words = decision.words();
        assertTrue(words.contains("a miss costs 10 and a false alarm 2"), words);
        assertTrue(words.contains("Of 5 held-out anomalies it would have found 4 (80 %; 90 % interval 40 to 100 %)"), words);
        assertTrue(words.contains("it would have reported 1 (17 %; 0 to 50 %)"), words);
        assertTrue(words.contains("That costs 12 for these 11 pictures (90 % interval 0 to 30)")
                && words.endsWith("to report none would cost 50, all 12."), words);
    }

    /** Of 200 samples of 40 pictures each, the interval holds the true share in nine of ten, and never claims to be sure. */
    @Test
    void intervalsCoverTheTruth() {
        int covered = 0;
        for (int run = 0; run < 200; run++) {
            Decision decision = new HeldOut(scores(40, 0.5, run), scores(40, 0, 1000 + run)).decided(Threshold.at(0.7));
            covered += decision.foundShare().covers(0.7) ? 1 : 0;
            covered += decision.alarmShare().covers(0.2) ? 1 : 0;
        }
        assertTrue(covered >= 340 && covered <= 385, covered + " of 400");
        Decision sure = new HeldOut(scores(20, 2, 1), scores(20, 0, 2)).decided(Threshold.at(1.5));
        assertEquals(1, sure.foundShare().high());
        assertEquals(Math.pow(0.05, 1 / 20.0), sure.foundShare().low(), 1e-12);
        assertEquals(1 - Math.pow(0.05, 1 / 20.0), sure.alarmShare().high(), 1e-12);
    }

    @Test
    void theSameSeedGivesTheSameIntervalAndItHoldsTheEstimate() {
        HeldOut known = new HeldOut(scores(30, 0.4, 3), scores(30, 0, 4));
        assertEquals(known.aurocInterval(), known.aurocInterval());
        assertTrue(known.aurocInterval().covers(known.roc().auroc()));
        assertTrue(known.averagePrecisionInterval().covers(known.precisionRecall().averagePrecision()));
        assertTrue(known.aurocInterval().high() - known.aurocInterval().low() < 0.3);
        HeldOut apart = new HeldOut(scores(30, 2, 3), scores(20, 0, 4));
        assertEquals(Math.pow(0.05, 1 / 20.0), apart.aurocInterval().low(), 1e-12, "twenty pictures cannot prove that it never errs");
        assertEquals(apart.aurocInterval(), apart.averagePrecisionInterval());
    }

    @Test
    void tooFewLabelsOrOnlyOneKindAreRefusedInASentence() {
        String message = assertThrows(IllegalArgumentException.class, () -> HeldOut.of(NORMAL, new boolean[NORMAL.length])).getMessage();
        assertEquals("6 normal and 0 abnormal pictures are held out; label at least 5 of each kind that the detector was not trained on", message);
    }

    @Test
    void aRuleThatReadsLabelsCanBeAskedOfTheHeldOutOnes() {
        HeldOut known = new HeldOut(NORMAL, ABNORMAL);
        Decision tuned = known.tuned("cost=10:1").orElseThrow();
        assertEquals(5, tuned.found(), "a miss is dear, so the threshold rises above the best anomaly");
        assertEquals(3, tuned.alarms());
        assertTrue(known.tuned("labels").isPresent() && known.tuned("false-positive-rate=0.2").isPresent());
        assertTrue(known.tuned("unlabeled").isEmpty() && known.tuned("fixed").isEmpty() && known.tuned("review=0.1").isEmpty());
    }

    @Test
    void aReviewBudgetIsAShareOrACount() {
        double[] unlabeled = IntStream.range(0, 1000).mapToDouble(i -> i).toArray();
        TrainingScores scores = new TrainingScores(NORMAL, unlabeled, ABNORMAL);
        Threshold count = Threshold.named("review=50:2000", scores);
        assertEquals(25, Arrays.stream(unlabeled).filter(count::isAnomaly).count());
        assertEquals("review=50:2000", count.rule());
        assertTrue(Decision.rule(count).contains("of every 2000 pictures like the unlabeled ones about 50 are looked at"), Decision.rule(count));
        assertTrue(Decision.rule(Threshold.named("review=0.1", scores)).contains("10 % of pictures like the unlabeled ones"));
        for (String wrong : List.of("review=50", "review=50:20", "review=1:0", "review=1:2:3", "review=:3", "review=-1:3")) {
            String message = assertThrows(IllegalArgumentException.class, () -> Threshold.named(wrong, scores), wrong).getMessage();
            assertTrue(message.startsWith("the rule is '" + wrong + "'; give a share in [0, 1]"), message);
        }
    }

    @Test
    void everyRuleIsSaidInWords() {
        TrainingScores scores = new TrainingScores(NORMAL, scores(50, 0.2, 5), ABNORMAL);
        for (String rule : List.of("labels", "unlabeled", "false-positive-rate=0.1", "review=0.2", "cost=10:1")) {
            String words = Decision.rule(Threshold.named(rule, scores));
            assertTrue(words.startsWith("Reported is what scores below ") && !words.contains("by the rule"), words);
        }
    }
}
