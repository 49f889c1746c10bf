package org.hscl.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.hscl.engine.ManagerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdSamplingTest extends ManagerTest {

    private NDArray column(float... values) {
        return manager.create(values, new Shape(values.length, 1));
    }

    @Test
    void onlyWeightsAboveTheThresholdCount() {
        NDArray mass = ThresholdSampling.threshold(column(1, 0.5f, 0.25f, 0.75f), 0.5);
        assertArrayEquals(new float[] {1, 0, 0, 0.75f}, mass.toFloatArray());
    }

    @Test
    void rowsAreDrawnInProportionToTheirMass() {
        float[] mass = {0, 1, 0.5f, 0, 0.25f, 0};
        int draws = 70_000;
        int[] counts = new int[mass.length];
        NDArray rows = new SeededSampler(1).rows(column(mass), draws);
        for (long row : rows.toLongArray()) {
            counts[(int) row]++;
        }
        for (int i = 0; i < mass.length; i++) {
            double share = mass[i] / 1.75;
            double deviation = Math.sqrt(draws * share * (1 - share));
            assertEquals(draws * share, counts[i], 4 * deviation, "row " + i);
        }
    }

    @Test
    void extremeUniformsNeverDrawARowWithoutMass() {
        NDArray uniforms = manager.create(new float[] {0, Math.nextDown(1f)});
        assertArrayEquals(new long[] {1, 3}, ThresholdSampling.draw(column(0, 0.3f, 0, 0.7f, 0), uniforms).toLongArray());
    }

    @Test
    void manySmallMassesAreAllReached() {
        int count = 4096;
        float[] uniforms = new float[count];
        for (int i = 0; i < count; i++) {
            uniforms[i] = (i + 0.5f) / count;
        }
        NDArray mass = manager.full(new Shape(count, 1), 0.41f, DataType.FLOAT32);
        long[] rows = ThresholdSampling.draw(mass, manager.create(uniforms)).toLongArray();
        for (int i = 0; i < count; i++) {
            assertEquals(i, rows[i]);
        }
    }

    @Test
    void noMassStillGivesRowNumbers() {
        for (long row : ThresholdSampling.draw(column(0, 0, 0), manager.create(new float[] {0, 0.5f})).toLongArray()) {
            assertTrue(row >= 0 && row < 3);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN})
    void thresholdOutsideItsRangeIsNamed(double threshold) {
        assertThrows(IllegalArgumentException.class, () -> ThresholdSampling.threshold(column(1), threshold));
        assertThrows(IllegalArgumentException.class, () -> LossConfig.defaults().withThreshold(threshold));
    }
}
