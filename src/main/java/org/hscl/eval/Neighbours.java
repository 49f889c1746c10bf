package org.hscl.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import java.util.function.Function;
import org.hscl.data.ImageSet;
import org.hscl.model.Encoder;

/**
 * Projections of training images, for nearest-neighbour scores of models without prototypes.
 *
 * @param directions ẑ_m as columns, (D, M)
 */
public record Neighbours(NDArray directions) {

    private static final float TINY = 1e-12f;

    /**
     * Keeps projections on the device.
     *
     * @param projections not normalized, (M, D)
     * @param manager owns them
     */
    public static Neighbours of(float[][] projections, NDManager manager) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray columns = unit(Encodings.matrix(projections, scratch)).transpose().duplicate();
            columns.attach(manager);
            return new Neighbours(columns);
        }
    }

    /** The score of a model by its nearest neighbour among some images: the cosine of projections. */
    public static Function<Encoder.Output, NDArray> scorer(ImageSet images, Encoder encoder, NDManager manager) {
        Neighbours known = of(Encodings.projections(images, encoder, manager), manager);
        return output -> known.cosine(output.projection());
    }

    /** ‖z‖ · cosine with the nearest, max_m z·ẑ_m: (N, D) → (N). */
    public NDArray nearest(NDArray z) {
        return z.matMul(directions).max(new int[] {1});
    }

    /** Cosine with the nearest: (N, D) → (N) in [−1, 1]. */
    public NDArray cosine(NDArray z) {
        return nearest(unit(z));
    }

    /**
     * The mean cosine with the k nearest training rows.
     *
     * @param query features, (M, D), not normalized
     * @param train features of L⁺ ∪ U, (N, D), not normalized
     * @param k neighbours, 1 … N; the ablation uses 1 and 5
     * @return (M) in [−1, 1], higher is more normal
     */
    public static NDArray meanCosine(NDArray query, NDArray train, int k) {
        long count = train.getShape().get(0);
        if (k < 1 || k > count) {
            throw new IllegalArgumentException("k is " + k + "; give 1 … " + count + ", the number of training rows");
        }
        NDArray similarity = unit(query).matMul(unit(train).transpose()); // (M, N)
        return similarity.topK(k, 1).get(0).mean(new int[] {1}); // (M)
    }

    /** Rows of length 1; a zero row stays zero. */
    static NDArray unit(NDArray rows) {
        return rows.div(norm(rows));
    }

    /** ‖z‖, (N, 1), at least 1e-12. */
    public static NDArray norm(NDArray z) {
        return NDArrays.maximum(z.square().sum(new int[] {1}, true).sqrt(), TINY);
    }
}
