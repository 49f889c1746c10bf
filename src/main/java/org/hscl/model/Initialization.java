package org.hscl.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hscl.engine.SeededRandom;

/** The first values of the weights: PyTorch's defaults, drawn from the run's seed on the host so that devices agree. */
final class Initialization {

    /** Keeps these draws apart from those of the training steps. */
    private static final long PURPOSE = 0x1417;

    private final Weights weights;
    private final NDManager manager;
    private final SplittableRandom random;

    private Initialization(Weights weights, long seed) {
        this.weights = weights;
        manager = weights.manager();
        random = SeededRandom.at(seed, PURPOSE);
    }

    /** Fresh weights of a ResNet with so many blocks a stage. */
    static Weights create(EncoderConfig config, List<Integer> blocks, long seed, NDManager parent) {
        var start = new Initialization(new Weights(parent), seed);
        int width = config.width();
        int input = 3;
        for (int i = 0; config.inputSize() >> i > EncoderConfig.TRUNK_SIZE; i++) {
            start.convolution("stem." + i + ".conv", input, width, 3);
            start.normalization("stem." + i + ".bn", width);
            input = width;
        }
        start.convolution("conv1", input, width, 3);
        start.normalization("bn1", width);
        int channels = width;
        for (int stage = 1; stage <= ResNet.STAGES; stage++) {
            int next = width << (stage - 1);
            for (int block = 0; block < blocks.get(stage - 1); block++) {
                start.basicBlock(ResNet.name(stage, block), channels, next);
                channels = next;
            }
        }
        start.heads(channels, config);
        return start.weights;
    }

    /** Fresh weights of HSCL's heads and prototypes alone, for a network that gives so many features. */
    static Weights heads(int features, EncoderConfig config, long seed, NDManager parent) {
        var start = new Initialization(new Weights(parent), seed);
        start.heads(features, config);
        return start.weights;
    }

    private void heads(int features, EncoderConfig config) {
        linear("projection.0", features, features);
        linear("projection.2", features, config.projectionDimensions());
        linear("shift", features, Heads.SHIFTS);
        prototypes(config);
    }

    private void basicBlock(String name, int input, int output) {
        convolution(name + ".conv1", input, output, 3);
        normalization(name + ".bn1", output);
        convolution(name + ".conv2", output, output, 3);
        normalization(name + ".bn2", output);
        if (input != output) {
            convolution(name + ".shortcut.0", input, output, 1);
            normalization(name + ".shortcut.1", output);
        }
    }

    private void convolution(String name, int input, int output, int kernel) {
        uniform(name + ".weight", fanInBound(input * kernel * kernel), new Shape(output, input, kernel, kernel));
    }

    private void linear(String name, int input, int output) {
        uniform(name + ".weight", fanInBound(input), new Shape(output, input));
        uniform(name + ".bias", fanInBound(input), new Shape(output));
    }

    private void normalization(String name, int channels) {
        constant(name + ".weight", 1, channels);
        constant(name + ".bias", 0, channels);
        constant(name + ".running_mean", 0, channels);
        constant(name + ".running_var", 1, channels);
    }

    /** Xavier-uniform, (D, K). */
    private void prototypes(EncoderConfig config) {
        int dimensions = config.projectionDimensions();
        double bound = Math.sqrt(6.0 / (dimensions + config.prototypes()));
        uniform(Encoder.PROTOTYPES, bound, new Shape(dimensions, config.prototypes()));
    }

    private static double fanInBound(int fanIn) {
        return 1 / Math.sqrt(fanIn);
    }

    private void uniform(String name, double bound, Shape shape) {
        float[] values = SeededRandom.uniform(Math.toIntExact(shape.size()), -bound, bound, random);
        weights.add(name, manager.create(values, shape));
    }

    private void constant(String name, float value, int count) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        weights.add(name, manager.create(values, new Shape(count)));
    }
}
