package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.Optional;
import org.hscl.engine.Scalar;

/**
 * Sample-to-sample relation, Eq. 1–2: two views of an image attract each other, all other rows repel (NT-Xent). A rotated
 * copy is a different identity, hence a negative.
 *
 * <p>−(1/2M) Σᵢ log( exp(ẑᵢ·ẑ_pos(i)/τ) / Σ_{j≠i} exp(ẑᵢ·ẑⱼ/τ) )
 */
public final class SampleToSample {

    /** Added to the similarity of a row with itself, so that its exponential is 0. */
    private static final double MASKED = -1e9;

    /** The term's name. */
    public static final String NAME = "sample-to-sample";

    private SampleToSample() {}

    /** The term as the configuration wants it. */
    static LossTerm term(LossConfig config) {
        return new LossTerm(NAME, 1, "Eq. 1–2", batch -> Optional.of(loss(batch.projection(), config.temperature())))
                .on(config.terms().sampleToSample());
    }

    /**
     * The mean over all rows.
     *
     * @param z projections of view 1 then of view 2, (2M, D), not normalized
     * @param temperature τ, above 0; paper 0.5
     * @return a scalar, at least 0
     * @throws IllegalArgumentException if the rows are not two views of at least one image, not finite, or τ is not above 0
     */
    public static NDArray loss(NDArray z, double temperature) {
        Rows.checkMatrix("z", z);
        Rows.checkTemperature(temperature);
        long rows = z.getShape().get(0);
        if (rows % 2 != 0) {
            throw new IllegalArgumentException("z has " + rows + " rows; give view 1 then view 2, an even number");
        }
        NDArray unit = Rows.normalize(z, 1); // (2M, D)
        NDArray self = z.getManager().eye((int) rows).toType(z.getDataType(), false).muli(Scalar.of(z, MASKED));
        NDArray logits = Scalar.times(unit.matMul(unit.transpose()), 1 / temperature).add(self); // (2M, 2M)
        NDArray first = unit.get(new NDIndex(":{}", rows / 2)); // (M, D)
        NDArray second = unit.get(new NDIndex("{}:", rows / 2));
        NDArray positive = Scalar.times(Rows.rowDot(first, second), 1 / temperature); // (M, 1): the same for both views
        return Rows.logSumExp(logits).mean().sub(positive.mean());
    }
}
