package org.hscl.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hscl.loss.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CalibrationTest {

    /** ‖z̄_r‖ then s̄_r of two images. */
    private static float[][] rows(float... shiftOfRotation3) {
        return new float[][] {
            {1, 2, 3, 4, 1, 2, 3, shiftOfRotation3[0]},
            {3, 2, 5, 4, 3, 2, 1, shiftOfRotation3[1]}
        };
    }

    @ParameterizedTest
    @EnumSource
    void factorsAreOneOverTheMeans(Variant variant) {
        Calibration calibration = Calibration.of(rows(4, 6), variant);
        assertArrayEquals(new float[] {1 / 2f, 1 / 2f, 1 / 4f, 1 / 4f}, calibration.similarity());
        assertArrayEquals(new float[] {1 / 2f, 1 / 2f, 1 / 2f, 1 / 5f}, calibration.shift());
        assertEquals("", calibration.warning());
    }

    @Test
    void shiftFactorsOfMeansThatAreNotClearlyPositiveAreDroppedWithAWarning() {
        for (float[] logits : new float[][] {{-4, -6}, {1, -1}, {3, -2}}) {
            Calibration calibration = Calibration.of(rows(logits), Variant.PAPER);
            assertArrayEquals(new float[] {1 / 2f, 1 / 2f, 1 / 2f, 0}, calibration.shift());
            assertTrue(calibration.warning().startsWith("1 of 4"), calibration.warning());
        }
    }

    @Test
    void theReleasedVariantKeepsEveryFactor() {
        Calibration calibration = Calibration.of(rows(-4, -6), Variant.RELEASED);
        assertEquals(-1 / 5f, calibration.shift()[3]);
        assertEquals("", calibration.warning());
    }

    @Test
    void withoutTrainingImagesThereIsNoCalibration() {
        assertThrows(IllegalArgumentException.class, () -> Calibration.of(new float[0][], Variant.PAPER));
        assertThrows(IllegalArgumentException.class, () -> EnsembleConfig.defaults().withSamples(0));
    }
}
