package org.hscl.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import org.hscl.engine.Torch;
import org.hscl.model.Weights;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdamTest {

    /** Slopes of a linear loss, small ones too: there ε decides. */
    private static final float[] SLOPES = {1, -0.5f, 1e-7f, -3e-8f};

    private NDManager manager;
    private Weights weights;

    @BeforeEach
    void open() {
        manager = Torch.engine().newBaseManager();
        weights = new Weights(manager);
        weights.add("layer.weight", manager.create(new float[] {0.3f, -0.2f, 0.1f, 0.05f}));
        weights.add("layer.running_mean", manager.create(new float[] {7}));
        weights.requireGradients();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private float[] values() {
        return weights.get("layer.weight").toFloatArray();
    }

    private void backward(double factor) {
        try (NDManager scratch = manager.newSubManager();
                GradientCollector collector = Torch.engine().newGradientCollector()) {
            NDArray slopes = scratch.create(SLOPES).mul((float) factor);
            collector.backward(slopes.mul(weights.get("layer.weight")).sum());
        }
    }

    /** Adam in float64, as PyTorch defines it: ε after the bias correction, L2 added to the gradient. */
    private static double[] reference(float[] start, double decay, double[] rates) {
        double[] values = new double[start.length];
        for (int i = 0; i < start.length; i++) {
            double first = 0;
            double second = 0;
            values[i] = start[i];
            for (int t = 1; t <= rates.length; t++) {
                double gradient = SLOPES[i] * t + decay * values[i];
                first = 0.9 * first + 0.1 * gradient;
                second = 0.999 * second + 0.001 * gradient * gradient;
                double deviation = Math.sqrt(second / (1 - Math.pow(0.999, t))) + 1e-8;
                values[i] -= rates[t - 1] * first / (1 - Math.pow(0.9, t)) / deviation;
            }
        }
        return values;
    }

    @Test
    void severalStepsEqualThePlainFormula() {
        for (double decay : new double[] {0, 1e-2}) {
            float[] start = values();
            double[] rates = {1e-2, 3e-3, 5e-2, 1e-3, 2e-2};
            try (Adam adam = new Adam(weights, decay)) {
                for (int t = 1; t <= rates.length; t++) {
                    backward(t);
                    adam.step(rates[t - 1]);
                }
                assertEquals(rates.length, adam.steps());
            }
            double[] expected = reference(start, decay, rates);
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], values()[i], 2e-6, "weight " + i);
            }
        }
    }

    @Test
    void gradientsAreZeroAfterAStepAndStatisticsUntouched() {
        try (Adam adam = new Adam(weights, 0)) {
            backward(1);
            adam.step(1e-2);
            assertArrayEquals(new float[4], weights.get("layer.weight").getGradient().toFloatArray());
            assertEquals(7, weights.get("layer.running_mean").getFloat(0));
            assertEquals(2, adam.moments().size()); // of the one learned array
        }
    }

    @Test
    void restoredMomentsGoOnBitByBit() {
        try (Adam adam = new Adam(weights, 1e-6);
                Adam other = new Adam(weights, 1e-6)) {
            backward(1);
            adam.step(1e-2);
            float[] between = values();
            other.restore(adam.moments(), adam.steps());
            backward(2);
            adam.step(1e-2);
            float[] expected = values();
            weights.load(new NDList(named(between), weights.get("layer.running_mean")));
            backward(2);
            other.step(1e-2);
            assertArrayEquals(expected, values());
        }
    }

    private NDArray named(float[] values) {
        NDArray array = manager.create(values);
        array.setName("layer.weight");
        return array;
    }

    @Test
    void momentsOfAnotherNetworkAreNamed() {
        try (Adam adam = new Adam(weights, 0)) {
            assertThrows(IllegalArgumentException.class, () -> adam.restore(new NDList(), 1));
        }
    }

    @Test
    void stepsLeaveNothingAtTheWeights() {
        try (Adam adam = new Adam(weights, 1e-6)) {
            int before = manager.getManagedArrays().size();
            for (int t = 0; t < 3; t++) {
                backward(1);
                adam.step(1e-3);
            }
            assertEquals(before, manager.getManagedArrays().size());
        }
    }
}
