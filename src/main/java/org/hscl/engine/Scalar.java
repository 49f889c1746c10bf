package org.hscl.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Numbers as arrays. DJL sends the number of {@code x.mul(2)} to the device each time, where a GPU's host waits until all that
 * is queued is done, and frees it at once, while a backward pass may still need it. These are filled in on the device and
 * live as long as the array they are made for.
 */
public final class Scalar {

    private Scalar() {}

    /** A number of the type of another array, (), on its device and its manager. */
    public static NDArray of(NDArray like, double value) {
        DataType type = like.getDataType();
        float near = (float) value;
        NDArray scalar = like.getManager().full(new Shape(), near, type);
        double rest = value - near; // DJL fills in a float; float64 takes more digits
        return type == DataType.FLOAT64 && rest != 0 ? scalar.add(like.getManager().full(new Shape(), (float) rest, type)) : scalar;
    }

    /** x · factor. */
    public static NDArray times(NDArray x, double factor) {
        return x.mul(of(x, factor));
    }

    /** x + summand. */
    public static NDArray plus(NDArray x, double summand) {
        return x.add(of(x, summand));
    }

    /** x, but at least 0 and at most 1. */
    public static NDArray unit(NDArray x) {
        return x.maximum(of(x, 0)).minimum(of(x, 1));
    }
}
