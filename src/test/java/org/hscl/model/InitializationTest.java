package org.hscl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.hscl.engine.ManagerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitializationTest extends ManagerTest {

    private static final EncoderConfig CONFIG = EncoderConfig.defaults().withWidth(8).withInputSize(64);

    @Test
    void convolutionsAndLinearLayersAreUniformWithinTheirFanIn() {
        Weights weights = Encoder.create(CONFIG, 1, manager).weights();
        for (String name : weights.names()) {
            NDArray weight = weights.get(name);
            boolean head = name.startsWith("projection") || name.startsWith("shift");
            if (weight.getShape().dimension() == 4 || head) {
                NDArray of = head ? weights.get(name.replace("bias", "weight")) : weight;
                assertUniform(name, weight, 1 / Math.sqrt((double) of.size() / of.getShape().get(0)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void prototypesAreXavierUniform(int count) {
        NDArray prototypes = Encoder.create(CONFIG.withPrototypes(count), 1, manager).prototypes();
        assertEquals(new Shape(128, count), prototypes.getShape());
        assertUniform("prototypes", prototypes, Math.sqrt(6.0 / (128 + count)));
    }

    @Test
    void normalizationStartsAsTheIdentity() {
        Weights weights = Encoder.create(CONFIG, 1, manager).weights();
        for (String name : weights.names()) {
            if (weights.has(name.replaceFirst("\\.[^.]*$", "") + ".running_var")) {
                float start = name.endsWith("weight") || name.endsWith("var") ? 1 : 0;
                for (float value : weights.get(name).toFloatArray()) {
                    assertEquals(start, value, name);
                }
            }
        }
    }

    @Test
    void onlyTheSeedDecidesTheWeights() {
        float[] once = Encoder.create(CONFIG, 7, manager).weights().get("conv1.weight").toFloatArray();
        float[] again = Encoder.create(CONFIG, 7, manager).weights().get("conv1.weight").toFloatArray();
        float[] other = Encoder.create(CONFIG, 8, manager).weights().get("conv1.weight").toFloatArray();
        assertArrayEquals(once, again);
        assertFalse(Arrays.equals(once, other));
    }

    /** Within the bound, and where there are enough values, filling it with the variance of a uniform distribution. */
    private static void assertUniform(String name, NDArray weight, double bound) {
        float[] values = weight.toFloatArray();
        double squares = 0;
        for (float value : values) {
            assertTrue(Math.abs(value) <= bound, name + " holds " + value + ", outside ±" + bound);
            squares += (double) value * value;
        }
        double expected = bound * bound / 3;
        // The squares of uniform draws have standard deviation 2 / √5 of their mean.
        double tolerance = 5 * expected * 2 / Math.sqrt(5 * values.length);
        assertEquals(expected, squares / values.length, tolerance, name);
    }
}
