package org.hscl.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.hscl.data.ImageSet;
import org.hscl.engine.Interruption;
import org.hscl.model.DeviceImages;
import org.hscl.model.Encoder;

/** Passes whole image sets through an encoder, batch by batch, in flat memory. */
public final class Encodings {

    /**
     * Images a batch: four rotations of them still fit into a CPU's caches. The last batch is filled up with repetitions: kernels
     * are chosen by shape, and round differently, but within one shape an image's place and company change no bit.
     */
    private static final int BATCH = 64;

    private Encodings() {}

    /** What is kept of one batch. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Reads values of some images.
         *
         * @param images (B, 3, S, S) in [0, 1]
         * @return B rows of values
         */
        float[][] read(NDArray images);
    }

    /**
     * Reads values of every image. Those of an image depend neither on the other images nor on its place, bit by bit.
     *
     * @param images the set
     * @param manager gives the device
     * @param reader what to read
     * @return one row an image, in order
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public static float[][] read(ImageSet images, NDManager manager, Reader reader) {
        float[][] all = new float[images.count()][];
        try (DeviceImages onDevice = new DeviceImages(images, manager)) {
            for (int start = 0; start < all.length; start += BATCH) {
                Interruption.check("scoring");
                int end = Math.min(start + BATCH, all.length);
                try (NDManager scratch = manager.newSubManager()) {
                    int[] rows = IntStream.range(start, start + BATCH).map(row -> Math.min(row, all.length - 1)).toArray();
                    float[][] values = reader.read(onDevice.batch(rows, scratch));
                    System.arraycopy(values, 0, all, start, end - start);
                }
            }
        }
        return all;
    }

    /**
     * Scores every image.
     *
     * @param scorer from (B, 3, S, S) in [0, 1] to one score an image, (B) or (B, 1)
     * @return (N), in order
     */
    public static double[] scores(ImageSet images, NDManager manager, UnaryOperator<NDArray> scorer) {
        float[][] rows = read(images, manager, batch -> rows(scorer.apply(batch).reshape(-1, 1)));
        return Arrays.stream(rows).mapToDouble(row -> row[0]).toArray();
    }

    /** Projections z of clean images, (N, D), not normalized. */
    public static float[][] projections(ImageSet images, Encoder encoder, NDManager manager) {
        return read(images, manager, batch -> rows(encoder.forward(batch, false).projection()));
    }

    /** Penultimate features of clean images, (N, 8 · width). */
    public static float[][] features(ImageSet images, Encoder encoder, NDManager manager) {
        return read(images, manager, batch -> rows(encoder.forward(batch, false).penultimate()));
    }

    /** A matrix on the host, (N, M). */
    public static float[][] rows(NDArray matrix) {
        int count = (int) matrix.getShape().get(0);
        int columns = (int) matrix.getShape().get(1);
        float[] values = matrix.toFloatArray();
        float[][] rows = new float[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
        }
        return rows;
    }

    /** A matrix on a device, (N, M): the inverse of {@link #rows}. */
    public static NDArray matrix(float[][] rows, NDManager manager) {
        int columns = rows[0].length;
        float[] flat = new float[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * columns, columns);
        }
        return manager.create(flat, new Shape(rows.length, columns));
    }
}
