package org.hscl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Folds each batch normalization into the convolution before it: with running statistics both are linear, so scoring needs
 * one pass over memory where training needs two.
 */
final class Folding {

    private Folding() {}

    /** Weights that give the same outputs in evaluation mode, without batch normalization. */
    static Weights fold(Weights learned, NDManager parent) {
        Weights folded = new Weights(parent);
        try (Weights weights = learned.constant(parent)) {
            foldAll(weights, folded, parent);
        }
        return folded;
    }

    private static void foldAll(Weights weights, Weights folded, NDManager parent) {
        for (String name : weights.names()) {
            String layer = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
            String normalization = ResNet.normalizationOf(layer);
            if (weights.has(normalization + ".running_mean")) {
                foldOne(weights, folded, layer, normalization, parent);
            } else if (!weights.has(layer + ".running_mean")) {
                folded.add(name, copy(weights, name, folded.manager()));
            }
        }
    }

    /** The convolution's weight times s = γ / √(variance + ε), and the bias β − mean · s. */
    private static void foldOne(Weights weights, Weights folded, String convolution, String bn, NDManager parent) {
        try (NDManager scratch = parent.newSubManager()) {
            NDArray scale = copy(weights, bn + ".weight", scratch)
                    .mul(copy(weights, bn + ".running_var", scratch).add(ResNet.EPSILON).pow(-0.5)); // (C)
            NDArray weight = copy(weights, convolution + ".weight", scratch).mul(scale.reshape(-1, 1, 1, 1));
            NDArray mean = copy(weights, bn + ".running_mean", scratch);
            NDArray bias = copy(weights, bn + ".bias", scratch).sub(mean.mul(scale));
            folded.add(convolution + ".weight", weight);
            folded.add(convolution + ".bias", bias);
        }
    }

    /** A copy on the device of {@code manager}. */
    private static NDArray copy(Weights weights, String name, NDManager manager) {
        NDArray copy = weights.get(name).toDevice(manager.getDevice(), true);
        copy.attach(manager);
        return copy;
    }
}
