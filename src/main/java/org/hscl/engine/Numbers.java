package org.hscl.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** A parcel on the device: its numbers are taken in the order in which they were put. */
public final class Numbers {

    private final NDArray sent;
    private final long end;
    private long position;

    /** The numbers of one parcel among those that were sent together. */
    Numbers(NDArray sent, long start, long count) {
        this.sent = sent;
        position = start;
        end = start + count;
    }

    /**
     * The next numbers.
     *
     * @param owner of the result, which shares the parcel's memory
     * @param shape how they are arranged
     * @return float32, of that shape
     * @throws IllegalStateException if the parcel has fewer left
     */
    public NDArray next(NDManager owner, long... shape) {
        Shape wanted = new Shape(shape);
        if (wanted.size() > end - position) {
            throw new IllegalStateException("the parcel has %d numbers left, and %d are taken; put as many as are taken"
                    .formatted(end - position, wanted.size()));
        }
        try (NDArray flat = sent.get(owner, new NDIndex().addSliceDim(position, position + wanted.size()))) {
            position += wanted.size();
            return flat.reshape(wanted);
        }
    }

    /**
     * The next numbers, whole ones that name rows.
     *
     * @return int64, (count)
     * @throws IllegalStateException if the parcel has fewer left
     */
    public NDArray nextRows(NDManager owner, long count) {
        try (NDArray numbers = next(owner, count)) {
            return numbers.toType(DataType.INT64, false);
        }
    }
}
