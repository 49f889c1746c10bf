package org.hscl.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** A parcel on the device: its numbers are taken in the order in which they were put. */
public final class Numbers {

    private final NDArray sent;
    private long position;

    Numbers(NDArray sent, long position) {
        this.sent = sent;
        this.position = position;
    }

    /**
     * The next numbers.
     *
     * @param owner of the result, which shares the parcel's memory
     * @param shape how they are arranged
     */
    public NDArray next(NDManager owner, long... shape) {
        Shape wanted = new Shape(shape);
        long end = position + wanted.size();
        try (NDArray flat = sent.get(owner, new NDIndex().addSliceDim(position, end))) {
            position = end;
            return flat.reshape(wanted);
        }
    }

    /** The next numbers, whole ones that name rows: int64, (count). */
    public NDArray nextRows(NDManager owner, long count) {
        try (NDArray numbers = next(owner, count)) {
            return numbers.toType(DataType.INT64, false);
        }
    }
}
