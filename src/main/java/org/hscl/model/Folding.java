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
    static Weights fold(Weights weights, NDManager parent) {
        Weights folded = new Weights(parent);
        for (String name : weights.names()) {
            String layer = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
            String normalization = ResNet.normalizationOf(layer);
            boolean convolution = !normalization.equals(layer);
            if (convolution && weights.has(normalization + ".running_mean")) {
                foldOne(weights, folded, layer, normalization, parent);
            } else if (!weights.has(layer + ".running_mean")) {
                folded.add(name, weights.copy(name, folded.manager()));
            }
        }
        return folded;
    }

    /** The convolution's weight times s = γ / √(variance + ε), and the bias β − mean · s. */
    private static void foldOne(Weights weights, Weights folded, String convolution, String bn, NDManager parent) {
        try (NDManager scratch = parent.newSubManager()) {
            NDArray scale = weights.copy(bn + ".weight", scratch)
                    .mul(weights.copy(bn + ".running_var", scratch).add(ResNet.EPSILON).pow(-0.5)); // (C)
            NDArray weight = weights.copy(convolution + ".weight", scratch).mul(scale.reshape(-1, 1, 1, 1));
            NDArray mean = weights.copy(bn + ".running_mean", scratch);
            NDArray bias = weights.copy(bn + ".bias", scratch).sub(mean.mul(scale));
            folded.add(convolution + ".weight", weight);
            folded.add(convolution + ".bias", bias);
        }
    }
}
