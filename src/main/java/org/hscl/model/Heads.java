package org.hscl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;

/** The two heads on the penultimate features. */
final class Heads {

    /** Logits of the shift head: one a rotation. */
    static final int SHIFTS = 4;

    private Heads() {}

    /** Linear, ReLU, Linear: (N, 8w) → (N, D). */
    static NDArray projection(Weights weights, NDArray features) {
        try (NDArray hidden = linear(weights, features, "projection.0");
                NDArray active = Activation.relu(hidden)) {
            return linear(weights, active, "projection.2");
        }
    }

    /** Linear: (N, 8w) → (N, 4), one logit a rotation. */
    static NDArray shift(Weights weights, NDArray features) {
        return linear(weights, features, "shift");
    }

    private static NDArray linear(Weights weights, NDArray x, String name) {
        return Linear.linear(x, weights.get(name + ".weight"), weights.get(name + ".bias")).singletonOrThrow();
    }
}
