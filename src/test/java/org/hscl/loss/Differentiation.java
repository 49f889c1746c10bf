package org.hscl.loss;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import java.util.function.Supplier;

/** Derivatives of a loss, for tests. */
public final class Differentiation {

    private Differentiation() {}

    /**
     * The gradients of a loss at some arrays; an array that the loss does not depend on gets zeros.
     *
     * @param loss computes a scalar from the arrays
     */
    public static NDArray[] gradients(Supplier<NDArray> loss, NDArray... at) {
        for (NDArray array : at) {
            array.setRequiresGradient(true);
        }
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray scalar = loss.get();
            for (NDArray array : at) {
                scalar = scalar.add(array.sum().mul(0)); // so that every array has a gradient
            }
            collector.backward(scalar);
        }
        NDArray[] gradients = new NDArray[at.length];
        for (int i = 0; i < at.length; i++) {
            try (NDArray gradient = at[i].getGradient()) {
                gradients[i] = gradient.duplicate();
            }
            at[i].setRequiresGradient(false);
        }
        return gradients;
    }
}
