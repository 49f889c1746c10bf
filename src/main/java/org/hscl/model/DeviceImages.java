package org.hscl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hscl.data.ImageSet;
import org.hscl.engine.Scalar;

/** An image set kept on the device, one byte a value, so that a batch is an index there and not a copy from the host. */
public final class DeviceImages implements AutoCloseable {

    private final NDArray pixels; // uint8 (N, 3, S, S)

    /**
     * Copies an image set to the device of a manager.
     *
     * @param images the set
     * @param parent gives the device; the copy lives until {@link #close()}
     */
    public DeviceImages(ImageSet images, NDManager parent) {
        Shape shape = new Shape(images.count(), 3, images.size(), images.size());
        pixels = parent.create(ByteBuffer.wrap(images.pixels()), shape, DataType.UINT8);
    }

    /**
     * Some images as numbers.
     *
     * @param rows image numbers, (B)
     * @param manager owns the result
     * @return (B, 3, S, S) in [0, 1]
     */
    public NDArray batch(int[] rows, NDManager manager) {
        try (NDArray index = manager.create(Arrays.stream(rows).asLongStream().toArray())) {
            return batch(index, manager);
        }
    }

    /** The same, of image numbers that are on the device already: int64, (B). */
    public NDArray batch(NDArray rows, NDManager manager) {
        try (NDArray chosen = pixels.get(manager, new NDIndex("{}", rows)); // uint8 (B, 3, S, S)
                NDArray values = chosen.toType(DataType.FLOAT32, true);
                NDArray largest = Scalar.of(values, 255)) {
            return values.div(largest);
        }
    }

    @Override
    public void close() {
        pixels.close();
    }
}
