package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import org.hscl.augment.Augmenter;
import org.hscl.engine.Scalar;

/**
 * Normal-to-abnormal relation, Eq. 6: rows drawn as normal attract each other, labeled abnormal rows repel them.
 *
 * <p>Paper: −mean log( exp(ẑᵢ·ẑⱼ/τ) / (exp(ẑᵢ·ẑⱼ/τ) + Σₐ exp(ẑᵢ·ẑₐ/τ)) ) over drawn pairs (i, j). Released: anchor, positive
 * and one negative are normalized convex mixes of drawn rows.
 */
public final class NormalToAbnormal {

    /** Rows in a mix of the released form. */
    public static final int MIXED_ROWS = 2;

    /** The term's name. */
    public static final String NAME = "normal-to-abnormal";

    private NormalToAbnormal() {}

    /** The term as the configuration wants it, as many pairs as the batch has rows, drawn by Eq. 7. */
    static LossTerm term(LossConfig config) {
        return new LossTerm(NAME, config.abnormalWeight(), "Eq. 6–7", new LossTerm.Formula() {
                    @Override
                    public Optional<NDArray> of(LossInput batch) {
                        return batch.normal().isPresent() && batch.abnormal().isPresent()
                                ? Optional.of(loss(batch, config))
                                : Optional.empty();
                    }

                    @Override
                    public int uniforms(int images) {
                        int draws = images * Augmenter.ROWS_PER_IMAGE;
                        // Paper: anchors and positives. Released: mixed rows and their shares, of anchors, positives, negatives.
                        return config.variant() == Variant.PAPER ? 2 * draws : 3 * 2 * MIXED_ROWS * draws;
                    }
                })
                .on(config.terms().normalToAbnormal());
    }

    private static NDArray loss(LossInput batch, LossConfig config) {
        NDArray normal = batch.normal().orElseThrow(); // (N, D)
        NDArray abnormal = batch.abnormal().orElseThrow(); // (A, D)
        NDArray mass = config.terms().prototypes()
                ? ThresholdSampling.threshold(batch.weights().orElseThrow(), config.threshold())
                : Rows.ones(normal, normal.getShape().get(0)); // without prototypes every row is as good
        int draws = (int) batch.projection().getShape().get(0);
        RowSampler sampler = batch.sampler();
        NDArray loss;
        if (config.variant() == Variant.PAPER) {
            NDArray pairs = sampler.rows(mass, 2 * draws); // anchors, then positives
            NDArray anchors = pairs.get(new NDIndex(":{}", draws));
            NDArray positives = pairs.get(new NDIndex("{}:", draws));
            loss = paper(normal, abnormal, anchors, positives, config.temperature());
        } else {
            Mix anchors = mix(mass, draws, sampler);
            Mix positives = mix(mass, draws, sampler);
            Mix negatives = mix(Rows.ones(abnormal, abnormal.getShape().get(0)), draws, sampler);
            loss = released(normal, abnormal, anchors, positives, negatives, config.temperature());
        }
        // Where no weight exceeds η the term is skipped; deciding it on the device avoids a host read.
        NDArray sum = mass.sum();
        return loss.mul(Rows.as(sum.gt(Scalar.of(sum, 0)), normal.getDataType()));
    }

    private static Mix mix(NDArray mass, int draws, RowSampler sampler) {
        return new Mix(sampler.rows(mass, draws * MIXED_ROWS), sampler.shares(mass.getManager(), draws, MIXED_ROWS));
    }

    /**
     * The paper's form.
     *
     * @param normal rows that may be drawn: labeled normal, then unlabeled, (N, D), not normalized
     * @param abnormal labeled abnormal rows, (A, D), A ≥ 1
     * @param anchors drawn rows i, int64, (M)
     * @param positives drawn rows j, int64, (M)
     * @param temperature τ, above 0; paper 0.5
     * @return a scalar, at least 0
     */
    public static NDArray paper(NDArray normal, NDArray abnormal, NDArray anchors, NDArray positives, double temperature) {
        check(normal, abnormal, temperature);
        Rows.checkSameShape("anchors", anchors, "positives", positives);
        NDArray unit = Rows.normalize(normal, 1);
        NDArray anchor = Rows.select(unit, anchors); // (M, D)
        NDArray positive = Rows.rowDot(anchor, Rows.select(unit, positives)); // (M, 1)
        NDArray negative = anchor.matMul(Rows.normalize(abnormal, 1).transpose()); // (M, A)
        return contrast(positive, negative, temperature);
    }

    /**
     * The released form.
     *
     * @param normal (N, D), not normalized
     * @param abnormal (A, D), A ≥ 1
     * @param anchors rows of {@code normal} and their mix
     * @param positives rows of {@code normal} and their mix
     * @param negatives rows of {@code abnormal} and their mix
     */
    public static NDArray released(
            NDArray normal, NDArray abnormal, Mix anchors, Mix positives, Mix negatives, double temperature) {
        check(normal, abnormal, temperature);
        Rows.checkSameShape("mixes of anchors", anchors.share, "mixes of positives", positives.share);
        Rows.checkSameShape("mixes of anchors", anchors.share, "mixes of negatives", negatives.share);
        NDArray unit = Rows.normalize(normal, 1);
        NDArray anchor = anchors.of(unit); // (M, D)
        NDArray positive = Rows.rowDot(anchor, positives.of(unit)); // (M, 1)
        NDArray negative = Rows.rowDot(anchor, negatives.of(Rows.normalize(abnormal, 1))); // (M, 1)
        return contrast(positive, negative, temperature);
    }

    /**
     * Drawn rows and how much of each goes into a mix.
     *
     * @param index int64, (M · k), row-major
     * @param share uniform draws in [0, 1), (M, k); only their proportions matter
     */
    public record Mix(NDArray index, NDArray share) {

        /** Normalized convex mixes of unit rows, (M, D). */
        NDArray of(NDArray unit) {
            Shape shape = share.getShape();
            NDArray rows = Rows.select(unit, index.reshape(shape.size()));
            NDArray weighted = rows.reshape(shape.get(0), shape.get(1), unit.getShape().get(1))
                    .mul(share.expandDims(2)); // (M, k, D)
            // The released code also divides the shares by their sum, which cancels here.
            return Rows.normalize(weighted.sum(new int[] {1}), 1);
        }
    }

    /** −mean log softmax of the positive among positive and negatives. */
    private static NDArray contrast(NDArray positive, NDArray negative, double temperature) {
        NDArray logits = Scalar.times(NDArrays.concat(new NDList(positive, negative), 1), 1 / temperature); // (M, 1 + A)
        return Rows.logSumExp(logits).mean().sub(Scalar.times(positive, 1 / temperature).mean());
    }

    private static void check(NDArray normal, NDArray abnormal, double temperature) {
        Rows.checkMatrix("normal", normal);
        Rows.checkMatrix("abnormal", abnormal);
        Rows.checkTemperature(temperature);
        if (normal.getShape().get(1) != abnormal.getShape().get(1)) {
            throw new IllegalArgumentException("normal rows are %s, abnormal %s; give (N, D) and (A, D)"
                    .formatted(normal.getShape(), abnormal.getShape()));
        }
    }
}
