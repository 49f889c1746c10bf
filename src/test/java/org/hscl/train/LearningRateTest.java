package org.hscl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hscl.loss.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearningRateTest {

    private static final OptimizerConfig PAPER = OptimizerConfig.defaults();
    private static final OptimizerConfig RELEASED = PAPER.withSchedule(Variant.RELEASED);

    @Test
    void paperRateRisesToItsPeakAndFallsToItsFloor() {
        LearningRate rate = new LearningRate(PAPER, 250);
        assertEquals(0, rate.rate(0));
        assertEquals(5e-4, rate.rate(5), 1e-15);
        assertEquals(1e-3, rate.rate(10), 1e-15);
        assertEquals((1e-3 + 1e-6) / 2, rate.rate(130), 1e-15); // halfway down
        assertEquals(1e-6, rate.rate(250), 1e-15);
    }

    @Test
    void releasedRatePeaksAtTenTimesItsFirstAndEndsAboveTheFloor() {
        LearningRate rate = new LearningRate(RELEASED, 250);
        assertEquals(1e-3, rate.rate(0), 1e-15);
        assertEquals(1e-2, rate.rate(10), 1e-15);
        assertEquals(4e-5, rate.rate(250), 1e-5);
    }

    @Test
    void paperStepUsesTheRateAtItsEndSoThatNoneIsZero() {
        LearningRate rate = new LearningRate(PAPER, 250);
        assertEquals(rate.rate(1.0 / 8), rate.ofStep(0, 0, 8));
        assertEquals(rate.rate(3.5), rate.ofStep(3, 3, 8));
        assertEquals(1e-6, rate.ofStep(249, 7, 8), 1e-15);
    }

    @Test
    void releasedStepUsesTheRateThatTheStepBeforeItSet() {
        LearningRate rate = new LearningRate(RELEASED, 250);
        assertEquals(1e-3, rate.ofStep(0, 0, 8), 1e-15);
        assertEquals(rate.rate(0), rate.ofStep(0, 1, 8));
        assertEquals(rate.rate(1.0 / 8), rate.ofStep(0, 2, 8));
        assertEquals(rate.rate(10), rate.ofStep(10, 1, 8)); // the one step just after epoch 10 that still has 1e-2
        assertEquals(1e-2, rate.ofStep(10, 1, 8), 1e-15);
        assertTrue(rate.ofStep(10, 2, 8) < 1e-2);
    }

    @ParameterizedTest
    @EnumSource
    void everyStepOfAShortTrainingHasAPositiveFiniteRate(Variant variant) {
        for (double warmup : new double[] {0, 0.5, 2, 10}) {
            LearningRate rate = new LearningRate(PAPER.withSchedule(variant).withWarmupEpochs(warmup), 2);
            for (int step = 0; step < 6; step++) {
                double value = rate.ofStep(step / 3, step % 3, 3);
                assertTrue(value > 0 && value <= 1e-2, "warm-up " + warmup + ", step " + step + ": " + value);
            }
        }
    }

    @Test
    void settingsOutsideTheirRangesAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> new LearningRate(PAPER, 0));
        assertThrows(IllegalArgumentException.class, () -> PAPER.withLearningRate(0));
        assertThrows(IllegalArgumentException.class, () -> PAPER.withLearningRate(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> PAPER.withWarmupEpochs(-1));
        assertThrows(IllegalArgumentException.class, () -> PAPER.withWeightDecay(-1e-6));
    }
}
