package org.hscl.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.util.function.Function;
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
                scalar = scalar.add(array.sum().sub(array.sum())); // so that every array has a gradient
            }
            collector.backward(scalar);
        }
        NDArray[] gradients = new NDArray[at.length];
        for (int i = 0; i < at.length; i++) {
            try (NDArray gradient = at[i].getGradient()) {
                gradients[i] = gradient.duplicate();
                gradient.muli(0); // the engine adds the next gradient to it
            }
            at[i].setRequiresGradient(false);
        }
        return gradients;
    }

    /**
     * The gradient equals central differences, entry by entry, to 1e-6.
     *
     * @param loss a smooth function of one array
     * @param at float64
     */
    static void assertMatchesFiniteDifferences(Function<NDArray, NDArray> loss, NDArray at) {
        double[] gradient = gradients(() -> loss.apply(at), at)[0].toDoubleArray();
        double[] values = at.toDoubleArray();
        double step = 1e-5;
        for (int i = 0; i < values.length; i++) {
            double slope = (shifted(loss, at, values, i, step) - shifted(loss, at, values, i, -step)) / (2 * step);
            assertEquals(slope, gradient[i], 1e-6 * (1 + Math.abs(slope)), "derivative by entry " + i);
        }
    }

    private static double shifted(Function<NDArray, NDArray> loss, NDArray at, double[] values, int entry, double step) {
        double[] moved = values.clone();
        moved[entry] += step;
        return loss.apply(at.getManager().create(moved, at.getShape())).getDouble();
    }

    /** A loss and its gradients are numbers. */
    static void assertFinite(Supplier<NDArray> loss, NDArray... at) {
        assertTrue(isFinite(loss.get()), "the loss is not finite");
        for (NDArray gradient : gradients(loss, at)) {
            assertTrue(isFinite(gradient), "a gradient is not finite");
        }
    }

    private static boolean isFinite(NDArray array) {
        for (double value : array.toType(DataType.FLOAT64, true).toDoubleArray()) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
