package org.hscl.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hscl.data.Json;
import org.hscl.engine.SeededRandom;
import org.hscl.scenario.Label;
import org.junit.jupiter.api.Test;

class ThresholdTest {

    @Test
    void labelsGiveTheBestF1AmongAllThresholds() {
        SplittableRandom random = SeededRandom.at(1, 1);
        double[] scores = new double[200];
        boolean[] abnormal = new boolean[200];
        for (int i = 0; i < scores.length; i++) {
            abnormal[i] = i % 4 == 0;
            scores[i] = Math.round(100 * (random.nextGaussian() * 0.3 + (abnormal[i] ? 0 : 0.6))) / 100.0; // with ties
        }
        double best = Arrays.stream(scores).map(s -> f1(scores, abnormal, s)).max().orElseThrow();
        assertEquals(best, f1(scores, abnormal, Threshold.fromLabels(scores, abnormal).score()), 1e-12);
    }

    private static double f1(double[] scores, boolean[] abnormal, double threshold) {
        double hits = 0;
        double reported = 0;
        double anomalies = 0;
        for (int i = 0; i < scores.length; i++) {
            reported += scores[i] < threshold ? 1 : 0;
            anomalies += abnormal[i] ? 1 : 0;
            hits += abnormal[i] && scores[i] < threshold ? 1 : 0;
        }
        return 2 * hits / (reported + anomalies);
    }

    @Test
    void separatedLabelsGiveTheMiddleOfTheGap() {
        double[] scores = {0.9, -0.2, 0.7, 0.1};
        boolean[] abnormal = {false, true, false, true};
        assertEquals(0.4, Threshold.fromLabels(scores, abnormal).score(), 1e-12);
    }

    @Test
    void aFalsePositiveRateIsKeptOnTheGivenNormals() {
        double[] normals = SeededRandom.at(2).doubles(1000).toArray();
        for (double rate : new double[] {0, 0.05, 0.3, 1}) {
            Threshold threshold = Threshold.atFalsePositiveRate(normals, rate);
            double reported = Arrays.stream(normals).filter(threshold::isAnomaly).count() / 1000.0;
            assertEquals(rate, reported, 1e-12);
        }
    }

    @Test
    void noThresholdLiesOnAScoreSoThatRoundingDecidesNothing() {
        double[] scores = SeededRandom.at(4).doubles(400).map(s -> (float) (0.5 + s / 1000)).toArray(); // close together
        boolean[] abnormal = new boolean[400];
        Arrays.fill(abnormal, 0, 100, true);
        for (double rate : new double[] {0, 0.05, 0.5, 0.99, 1}) {
            assertApart(Threshold.atFalsePositiveRate(scores, rate), scores);
        }
        assertApart(Threshold.fromLabels(scores, abnormal), scores);
        assertApart(Threshold.fromUnlabeled(scores), scores);
        double[] equal = {0.7, 0.7 + 1e-8, 0.7};
        assertApart(Threshold.atFalsePositiveRate(equal, 0.5), equal);
        assertApart(Threshold.fromLabels(equal, new boolean[] {true, false, false}), equal);
    }

    private static void assertApart(Threshold threshold, double[] scores) {
        for (double score : scores) {
            assertTrue(Math.abs(score - threshold.score()) >= Threshold.MARGIN / 2, threshold + " at " + score);
            for (double rounding : new double[] {-1e-7, 1e-7}) {
                assertEquals(threshold.isAnomaly(score), threshold.isAnomaly(score + rounding));
            }
        }
    }

    @Test
    void aRuleIsCheckedBeforeThereAreScores() {
        Label[] both = {Label.NORMAL, Label.ABNORMAL};
        Label[] unlabeled = new Label[100];
        Arrays.fill(unlabeled, Label.UNLABELED);
        Threshold.check("labels", both);
        Threshold.check("unlabeled", unlabeled);
        Threshold.check("false-positive-rate=0.1", both);
        assertTrue(refusal("labels", unlabeled).contains("needs labeled pictures of both kinds; there are 0 normal, 0 abnormal, 100"));
        assertTrue(refusal("unlabeled", both).contains("unlabeled pictures"));
        assertTrue(refusal("false-positive-rate=x", both).contains("'x'"));
        assertTrue(refusal("false-positive-rate=2", both).contains("2.0"));
        assertTrue(refusal("false-positive-rate", new Label[] {Label.ABNORMAL}).contains("normal or unlabeled"));
        assertTrue(refusal("median", both).contains("no threshold rule"));
    }

    private static String refusal(String rule, Label[] labels) {
        return assertThrows(IllegalArgumentException.class, () -> Threshold.check(rule, labels)).getMessage();
    }

    @Test
    void aMixtureOfUnlabeledScoresRecoversTheContaminationRatio() {
        for (double ratio : new double[] {0.02, 0.1, 0.25}) {
            Threshold threshold = Threshold.fromUnlabeled(scores(2000, ratio));
            assertEquals(ratio, threshold.contaminationRatio().orElseThrow(), 0.02, "of " + ratio);
            assertTrue(threshold.score() > 0.35 && threshold.score() < 0.75, "threshold " + threshold.score());
        }
    }

    @Test
    void cleanScoresHaveNoContamination() {
        Threshold threshold = Threshold.fromUnlabeled(scores(2000, 0));
        assertEquals(0, threshold.contaminationRatio().orElseThrow());
        assertEquals(0.8 - 3 * 0.08, threshold.score(), 0.03);
    }

    @Test
    void aLongTailOfTheNormalsIsNotTakenForHalfOfTheImages() {
        double[] scores = scores(2000, 0.1);
        SplittableRandom random = SeededRandom.at(5);
        for (int i = 0; i < scores.length / 10; i++) { // a tenth of hard normals
            scores[scores.length - 1 - i] = 0.8 - 0.4 * random.nextDouble();
        }
        double estimate = Threshold.fromUnlabeled(scores).contaminationRatio().orElseThrow();
        assertTrue(estimate > 0.08 && estimate < 0.22, "estimate " + estimate);
    }

    /** Normals around 0.8, anomalies around 0 and twice as wide. */
    private static double[] scores(int count, double contamination) {
        SplittableRandom random = SeededRandom.at(3, count);
        double[] scores = new double[count];
        for (int i = 0; i < count; i++) {
            boolean abnormal = i < contamination * count;
            scores[i] = abnormal ? 0.2 * random.nextGaussian() : 0.8 + 0.08 * random.nextGaussian();
        }
        return scores;
    }

    @Test
    void equalScoresGiveAThresholdThatReportsNone() {
        double[] equal = new double[50];
        Arrays.fill(equal, 0.7);
        Threshold threshold = Threshold.fromUnlabeled(equal);
        assertEquals(0, threshold.contaminationRatio().orElseThrow());
        assertEquals(false, threshold.isAnomaly(0.7));
    }

    @Test
    void rulesAreChosenByName() {
        TrainingScores scores = new TrainingScores(new double[] {0.9, 0.8}, scores(100, 0.1), new double[] {-0.1});
        assertEquals(0.35, Threshold.named("labels", scores).score(), 1e-12);
        assertEquals(0.85, Threshold.named("false-positive-rate=0.5", scores).score(), 1e-12);
        assertEquals("unlabeled", Threshold.named("unlabeled", scores).rule());
        assertEquals("labels", Threshold.best(scores).rule());
        assertEquals("unlabeled", Threshold.best(new TrainingScores(new double[1], scores(100, 0.1), new double[0])).rule());
        String message = assertThrows(IllegalArgumentException.class, () -> Threshold.named("median", scores)).getMessage();
        assertEquals("there is no threshold rule 'median'; choose one of labels, unlabeled, false-positive-rate, review=SHARE|COUNT:OF, cost=FN:FP", message);
    }

    @Test
    void aThresholdCostsLeastAmongAllAndFollowsThePrices() {
        double[] scores = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7};
        boolean[] abnormal = {true, false, true, false, false, true, false};
        assertEquals(0.15, new Costs(1, 1.5).threshold(scores, abnormal).score(), 1e-12);
        assertEquals(0.65, new Costs(10, 1).threshold(scores, abnormal).score(), 1e-12);
        assertEquals(0, countReported(new Costs(1, 10).threshold(scores, new boolean[] {false, true, false, false, false, false, false}), scores));
        Costs costs = new Costs(3, 2);
        double chosen = costs.of(costs.threshold(scores, abnormal), scores, abnormal);
        for (double at = 0.05; at < 0.8; at += 0.1) {
            assertTrue(chosen <= costs.of(Threshold.at(at), scores, abnormal), "cheaper at " + at);
        }
        assertEquals(3 + 2 * 2, costs.of(Threshold.at(0.45), scores, abnormal), 1e-12);
    }

    private static int countReported(Threshold threshold, double[] scores) {
        return (int) Arrays.stream(scores).filter(threshold::isAnomaly).count();
    }

    @Test
    void pricesAndAShareToLookAtAreReadFromTheRule() {
        TrainingScores scores = new TrainingScores(new double[] {0.5, 0.9}, scores(100, 0.1), new double[] {0.1, 0.7});
        assertEquals(0.8, Threshold.named("cost=5:1", scores).score(), 1e-12);
        assertEquals(0.3, Threshold.named("cost=1:5", scores).score(), 1e-12);
        assertEquals(7, countReported(Threshold.named("review=0.07", scores), scores.unlabeled()));
        for (String wrong : List.of("cost=", "cost=1", "cost=0:1", "cost=1:x", "cost=1:2:3", "review=", "review=2", "review=x")) {
            assertThrows(IllegalArgumentException.class, () -> Threshold.named(wrong, scores), wrong);
        }
    }

    @Test
    void aThresholdSurvivesJson() {
        Threshold threshold = Threshold.fromUnlabeled(scores(500, 0.1));
        assertEquals(threshold, Json.read(Json.pretty(threshold), Threshold.class, "test"));
    }

    @Test
    void missingScoresAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> Threshold.fromUnlabeled(new double[9]));
        assertThrows(IllegalArgumentException.class, () -> Threshold.atFalsePositiveRate(new double[0], 0.05));
        assertThrows(IllegalArgumentException.class, () -> Threshold.fromLabels(new double[3], new boolean[3]));
        assertThrows(IllegalArgumentException.class, () -> Threshold.fromUnlabeled(new double[] {0, Double.NaN}));
    }
}
