package org.hscl.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RocTest {

    private static final boolean[] TRUTH = {false, true, false, true, true, false};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void areaIsTheChanceThatANormalScoresHigher(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] scores = random.ints(60, 0, 12).asDoubleStream().toArray(); // many ties
        boolean[] abnormal = new boolean[60];
        for (int i = 0; i < 60; i++) {
            abnormal[i] = random.nextBoolean();
        }
        double wins = 0;
        int pairs = 0;
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 60; j++) {
                if (!abnormal[i] && abnormal[j]) {
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        assertEquals(wins / pairs, Roc.auroc(scores, abnormal), 1e-12);
    }

    @Test
    void perfectReversedAndConstantScoresGiveOneZeroAndHalf() {
        double[] perfect = {1, 0, 1, 0, 0, 1};
        double[] reversed = {0, 1, 0, 1, 1, 0};
        assertEquals(1, Roc.auroc(perfect, TRUTH));
        assertEquals(0, Roc.auroc(reversed, TRUTH));
        assertEquals(0.5, Roc.auroc(new double[6], TRUTH));
        assertEquals(1, Roc.of(perfect, TRUTH).averagePrecision());
        assertEquals(0.5, Roc.of(new double[6], TRUTH).averagePrecision()); // the share of normals
    }

    @Test
    void curveRunsFromCornerToCornerThroughEachDistinctScore() {
        Roc roc = Roc.of(new double[] {4, 3, 3, 2, 1, 1}, TRUTH);
        assertArrayEquals(new double[] {0, 0, 1 / 3.0, 2 / 3.0, 1}, roc.falsePositiveRate(), 1e-12);
        assertArrayEquals(new double[] {0, 1 / 3.0, 2 / 3.0, 2 / 3.0, 1}, roc.truePositiveRate(), 1e-12);
        assertArrayEquals(new double[] {Double.POSITIVE_INFINITY, 4, 3, 2, 1}, roc.thresholds());
    }

    @Test
    void falsePositiveRateIsReadAtTheFirstThresholdThatLetsEnoughNormalsPass() {
        Roc roc = Roc.of(new double[] {4, 3, 3, 2, 1, 1}, TRUTH);
        assertEquals(0, roc.falsePositiveRateAt(0));
        assertEquals(0, roc.falsePositiveRateAt(1 / 3.0));
        assertEquals(1 / 3.0, roc.falsePositiveRateAt(0.5), 1e-12);
        assertEquals(1, roc.falsePositiveRateAt(0.95));
        assertThrows(IllegalArgumentException.class, () -> roc.falsePositiveRateAt(1.01));
    }

    @Test
    void orderOfTheImagesDoesNotMatter() {
        double[] scores = {4, 3, 3, 2, 1, 1};
        double[] turned = {1, 1, 2, 3, 3, 4};
        boolean[] truth = {false, true, true, false, true, false};
        assertEquals(Roc.of(scores, TRUTH).averagePrecision(), Roc.of(turned, truth).averagePrecision(), 1e-12);
        assertEquals(Roc.auroc(scores, TRUTH), Roc.auroc(turned, truth), 1e-12);
    }

    @Test
    void inputsThatHaveNoCurveAreNamed() {
        double[] scores = new double[6];
        assertThrows(IllegalArgumentException.class, () -> Roc.of(scores, new boolean[5]));
        assertThrows(IllegalArgumentException.class, () -> Roc.of(scores, new boolean[6]));
        boolean[] all = new boolean[6];
        Arrays.fill(all, true);
        assertThrows(IllegalArgumentException.class, () -> Roc.of(scores, all));
        scores[2] = Double.NaN;
        var error = assertThrows(IllegalArgumentException.class, () -> Roc.of(scores, TRUTH));
        assertTrue(error.getMessage().contains("score 2"));
    }
}
