package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import org.hscl.engine.SeededRandom;
import org.hscl.model.Encoder;

/**
 * One linear layer from the penultimate features to any number of classes: how GOAD, E3Outlier and DivideMix classify. It
 * lives among the encoder's weights, so it is trained, folded, saved and closed with them.
 */
final class LinearHead {

    private static final String WEIGHT = "classes.weight";
    private static final String BIAS = "classes.bias";
    private static final long PURPOSE = 0xC1A55;

    private LinearHead() {}

    /**
     * Adds a fresh layer, to be learned.
     *
     * @param classes how many logits
     * @param seed of its first values, uniform within ±1/√features, PyTorch's default
     */
    static void add(Encoder encoder, int classes, long seed) {
        int features = encoder.config().featureDimensions();
        double bound = 1 / Math.sqrt(features);
        var random = SeededRandom.at(seed, PURPOSE);
        var weights = encoder.weights();
        weights.add(WEIGHT, weights.manager().create(
                SeededRandom.uniform(classes * features, -bound, bound, random), new Shape(classes, features)));
        weights.add(BIAS, weights.manager().create(SeededRandom.uniform(classes, -bound, bound, random)));
        weights.requireGradients();
    }

    /** (N, classes) of the penultimate features, (N, 8 · width). */
    static NDArray logits(Encoder encoder, Encoder.Output output) {
        return Linear.linear(output.penultimate(), encoder.weights().get(WEIGHT), encoder.weights().get(BIAS))
                .singletonOrThrow();
    }
}
