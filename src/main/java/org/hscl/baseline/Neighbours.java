package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.Function;
import org.hscl.data.ImageSet;
import org.hscl.eval.Encodings;
import org.hscl.model.Encoder;

/**
 * Projections of training images, for nearest-neighbour scores.
 *
 * @param directions ẑ_m as columns, (D, M)
 */
record Neighbours(NDArray directions) {

    private static final float TINY = 1e-12f;

    /**
     * Keeps projections on the device.
     *
     * @param projections not normalized, (M, D)
     * @param manager owns them
     */
    static Neighbours of(float[][] projections, NDManager manager) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray rows = scratch.create(flat(projections), new Shape(projections.length, projections[0].length));
            NDArray columns = rows.div(norm(rows)).transpose().duplicate();
            columns.attach(manager);
            return new Neighbours(columns);
        }
    }

    /** The score of a model by its nearest neighbour among some images: the cosine of projections. */
    static Function<Encoder.Output, NDArray> scorer(ImageSet images, Encoder encoder, NDManager manager) {
        Neighbours known = of(Encodings.projections(images, encoder, manager), manager);
        return output -> known.cosine(output.projection());
    }

    private static float[] flat(float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * rows[i].length, rows[i].length);
        }
        return flat;
    }

    /** ‖z‖ · cosine with the nearest, max_m z·ẑ_m: (N, D) → (N). */
    NDArray nearest(NDArray z) {
        return z.matMul(directions).max(new int[] {1});
    }

    /** Cosine with the nearest: (N, D) → (N) in [−1, 1]. */
    NDArray cosine(NDArray z) {
        return nearest(z.div(norm(z)));
    }

    /** ‖z‖, (N, 1), at least 1e-12. */
    static NDArray norm(NDArray z) {
        return NDArrays.maximum(z.square().sum(new int[] {1}, true).sqrt(), TINY);
    }
}
