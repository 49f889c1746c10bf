package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.Optional;
import org.hscl.engine.Scalar;

/**
 * Sample-to-prototype relation, Eq. 3–4: normal and unlabeled rows come close to one of the K prototypes, each as much as
 * its soft weight says; abnormal rows stay away from all.
 *
 * <p>Paper: mean ( wᵢ (max_k ẑᵢ·p̂ₖ − 1) )² + mean ( max(ẑₐ·p̂ₖ, 0) )². Released: the second part is mean ( ẑₐ·p̂ₖ + 1 )²,
 * and only the prototypes learn: the rows are detached.
 */
public final class SampleToPrototype {

    /** The term's name. */
    public static final String NAME = "sample-to-prototype";

    private SampleToPrototype() {}

    /** The term as the configuration wants it: either of its parts may be off, or lack rows in a batch. */
    static LossTerm term(LossConfig config) {
        return new LossTerm(NAME, config.prototypeWeight(), "Eq. 3–5", batch -> {
                    Optional<NDArray> nearest = batch.nearest(); // before the abnormal part: gradients add in this order
                    Optional<NDArray> pulled = nearest.filter(similar -> config.terms().prototypePositive())
                            .map(similar -> normalTerm(similar, batch.weights().orElseThrow()));
                    Optional<NDArray> pushed = batch.abnormal().filter(rows -> config.terms().prototypeNegative())
                            .map(rows -> abnormalTerm(batch.learned(rows), batch.prototypes(), config.variant()));
                    return pulled.isPresent() && pushed.isPresent()
                            ? Optional.of(pulled.get().add(pushed.get()))
                            : pulled.or(() -> pushed);
                })
                .on(config.terms().prototypes());
    }

    /**
     * The similarity of each row with its nearest prototype, max_k ẑ·p̂ₖ. This is also the score of Eq. 9.
     *
     * @param z projections, (N, D), not normalized
     * @param prototypes (D, K), not normalized
     * @return (N, 1) in [−1, 1]
     */
    public static NDArray nearest(NDArray z, NDArray prototypes) {
        return similarity(z, prototypes).max(new int[] {1}, true);
    }

    /**
     * First part: normal and unlabeled rows.
     *
     * @param nearest (N, 1) from {@link #nearest}
     * @param weights wᵢ of Eq. 5, (N, 1) in [0, 1]
     * @return a scalar in [0, 4]
     * @throws IllegalArgumentException if the shapes differ
     */
    public static NDArray normalTerm(NDArray nearest, NDArray weights) {
        Rows.checkSameShape("similarities", nearest, "weights", weights);
        return Scalar.plus(nearest, -1).mul(weights).square().mean();
    }

    /**
     * Second part: abnormal rows.
     *
     * @param z projections of labeled abnormal rows, (A, D), not normalized
     * @param prototypes (D, K), not normalized
     * @return a scalar, in [0, 1] (paper) or [0, 4] (released)
     */
    public static NDArray abnormalTerm(NDArray z, NDArray prototypes, Variant variant) {
        NDArray similarity = similarity(z, prototypes); // (A, K)
        return variant == Variant.PAPER
                ? Activation.relu(similarity).square().mean()
                : Scalar.plus(similarity, 1).square().mean();
    }

    /** ẑ·p̂, (N, K). */
    private static NDArray similarity(NDArray z, NDArray prototypes) {
        Rows.checkMatrix("z", z);
        Rows.checkMatrix("prototypes", prototypes);
        if (z.getShape().get(1) != prototypes.getShape().get(0)) {
            throw new IllegalArgumentException("z has shape %s, prototypes %s; give (N, D) and (D, K)"
                    .formatted(z.getShape(), prototypes.getShape()));
        }
        return Rows.normalize(z, 1).matMul(Rows.normalize(Rows.local(z, prototypes), 0));
    }
}
