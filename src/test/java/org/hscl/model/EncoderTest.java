package org.hscl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hscl.data.RandomImages;
import org.hscl.engine.ManagerTest;
import org.hscl.engine.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderTest extends ManagerTest {

    private static final EncoderConfig SMALL =
            EncoderConfig.defaults().withWidth(4).withProjectionDimensions(16).withPrototypes(3);

    /** An encoder whose running statistics are those of some noise. */
    private ResNetEncoder encoder(int size) {
        ResNetEncoder encoder = (ResNetEncoder) Encoder.create(SMALL.withInputSize(size), 1, manager);
        for (int i = 0; i < 3; i++) {
            encoder.forward(RandomImages.batch(manager, 8, size, i), true);
        }
        return encoder;
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 128})
    void outputsHaveTheSameShapesAtEachInputSize(int size) {
        Encoder.Output output = encoder(size).forward(RandomImages.batch(manager, 5, size, 9), false);
        assertEquals(new Shape(5, 32), output.penultimate().getShape());
        assertEquals(new Shape(5, 16), output.projection().getShape());
        assertEquals(new Shape(5, 4), output.shift().getShape());
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 128})
    void foldedEncoderGivesTheSameOutputs(int size) {
        ResNetEncoder encoder = encoder(size);
        NDArray images = RandomImages.batch(manager, 5, size, 9);
        try (Encoder folded = encoder.folded(manager)) {
            assertTrue(folded.weights().names().stream().noneMatch(name -> name.contains("running")));
            assertClose(encoder.forward(images, false), folded.forward(images, false), 1e-5);
        }
    }

    @Test
    void foldingCountsScaleShiftAndTheFloorOfTheVariance() {
        ResNetEncoder encoder = encoder(32);
        encoder.weights().get("bn1.weight").muli(0.01);
        encoder.weights().get("bn1.bias").addi(0.3);
        encoder.weights().get("bn1.running_var").muli(0).addi(1e-5); // as small as ε
        NDArray images = RandomImages.batch(manager, 5, 32, 9);
        Encoder.Output expected = encoder.forward(images, false);
        double scale = expected.penultimate().abs().max().getFloat();
        assertClose(expected, encoder.folded(manager).forward(images, false), 1e-4 * scale);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64})
    void memoryLayoutDoesNotMatter(int size) {
        ResNetEncoder encoder = encoder(size);
        NDArray images = RandomImages.batch(manager, 5, size, 9);
        Encoder.Output plain = encoder.withLayout(Layout.CHANNELS_FIRST).forward(images, false);
        assertClose(plain, encoder.withLayout(Layout.CHANNELS_LAST).forward(images, false), 1e-5);
        NDArray stored = Layout.CHANNELS_LAST.arrange(images); // an input may come in either layout
        assertClose(plain, encoder.withLayout(Layout.CHANNELS_FIRST).forward(stored, false), 1e-5);
    }

    /** In float64 no activation is within rounding of 0, so no ReLU differs and gradients are comparable. */
    @Test
    void memoryLayoutDoesNotMatterToGradients() {
        NDArray first = gradient("conv1.weight", Layout.CHANNELS_FIRST, DataType.FLOAT64);
        NDArray last = gradient("conv1.weight", Layout.CHANNELS_LAST, DataType.FLOAT64);
        assertEquals(0, first.sub(last).abs().max().getDouble(), 1e-9 * first.abs().max().getDouble());
    }

    /** Float32 has kernels of its own, of which one wrote past its memory where channels are few. */
    @Test
    void shortcutsOfNarrowEncodersLearnInFloat32WhatTheyLearnInFloat64() {
        for (int stage = 2; stage <= ResNet.STAGES; stage++) {
            String shortcut = ResNet.name(stage, 0) + ".shortcut.0.weight";
            NDArray exact = gradient(shortcut, Layout.CHANNELS_LAST, DataType.FLOAT64);
            NDArray rounded = gradient(shortcut, Layout.CHANNELS_LAST, DataType.FLOAT32).toType(DataType.FLOAT64, false);
            double scale = exact.abs().max().getDouble();
            assertEquals(0, exact.sub(rounded).abs().max().getDouble() / scale, 0.02, shortcut);
        }
    }

    private NDArray gradient(String name, Layout layout, DataType numbers) {
        Weights typed = new Weights(manager);
        Weights weights = Encoder.create(SMALL, 1, manager).weights();
        weights.names().forEach(each -> typed.add(each, weights.get(each).toType(numbers, true)));
        typed.requireGradients();
        NDArray images = RandomImages.batch(manager, 4, 32, 9).toType(numbers, true);
        try (GradientCollector collector = Torch.engine().newGradientCollector()) {
            Encoder.Output output = new ResNetEncoder(SMALL, typed, layout).forward(images, true);
            collector.backward(output.projection().square().sum());
        }
        return typed.get(name).getGradient();
    }

    @Test
    void onlyTrainingMovesTheRunningStatistics() {
        ResNetEncoder encoder = encoder(32);
        float before = encoder.weights().get("bn1.running_mean").getFloat(0);
        encoder.forward(RandomImages.batch(manager, 4, 32, 9), false);
        assertEquals(before, encoder.weights().get("bn1.running_mean").getFloat(0));
        encoder.forward(RandomImages.batch(manager, 4, 32, 9), true);
        assertTrue(before != encoder.weights().get("bn1.running_mean").getFloat(0));
    }

    @Test
    void evaluationKeepsNothingForABackwardPassInAnyThread() throws Exception {
        ResNetEncoder encoder = encoder(32);
        encoder.weights().requireGradients();
        NDArray images = RandomImages.batch(manager, 2, 32, 9);
        // A thread that did not start the engine records gradients unless told otherwise.
        NDArray unfolded = elsewhere(() -> encoder.forward(images, false).projection().sum());
        NDArray folded = elsewhere(() -> encoder.folded(manager).forward(images, false).projection().sum());
        try (GradientCollector collector = Torch.engine().newGradientCollector()) {
            assertThrows(EngineException.class, () -> collector.backward(unfolded));
            assertThrows(EngineException.class, () -> collector.backward(folded));
        }
    }

    private static NDArray elsewhere(Callable<NDArray> work) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            return thread.submit(work).get();
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void passesAndFoldingLeaveNothingAtTheWeights() {
        ResNetEncoder encoder = encoder(32);
        NDManager weights = encoder.weights().manager();
        int before = weights.getManagedArrays().size();
        assertEquals(encoder.weights().names().size(), before);
        int atParent = manager.getManagedArrays().size();
        try (NDManager scratch = manager.newSubManager()) {
            encoder.forward(RandomImages.batch(scratch, 2, 32, 9), true);
            encoder.forward(RandomImages.batch(scratch, 2, 32, 9), false);
            encoder.folded(scratch).close();
        }
        encoder.folded(manager).close();
        assertEquals(before, weights.getManagedArrays().size());
        assertEquals(atParent, manager.getManagedArrays().size());
    }

    @Test
    void wrongShapesAndSizesAreNamed() {
        ResNetEncoder encoder = encoder(32);
        assertThrows(IllegalArgumentException.class, () -> encoder.forward(RandomImages.batch(manager, 2, 64, 9), false));
        assertThrows(IllegalArgumentException.class, () -> encoder.forward(manager.zeros(new Shape(3, 32, 32)), false));
        assertThrows(IllegalArgumentException.class, () -> encoder.forward(manager.zeros(new Shape(0, 3, 32, 32)), true));
        assertThrows(IllegalArgumentException.class, () -> SMALL.withPrototypes(0));
        assertThrows(IllegalArgumentException.class, () -> SMALL.withInputSize(48));
        assertThrows(IllegalArgumentException.class, () -> SMALL.withWidth(0));
        assertThrows(IllegalArgumentException.class, () -> SMALL.withProjectionDimensions(0));
    }

    private static void assertClose(Encoder.Output expected, Encoder.Output actual, double tolerance) {
        assertClose(expected.penultimate(), actual.penultimate(), tolerance);
        assertClose(expected.projection(), actual.projection(), tolerance);
        assertClose(expected.shift(), actual.shift(), tolerance);
    }

    private static void assertClose(NDArray expected, NDArray actual, double tolerance) {
        assertEquals(0, expected.sub(actual).abs().max().getFloat(), tolerance);
    }
}
