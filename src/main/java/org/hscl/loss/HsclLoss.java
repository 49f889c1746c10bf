package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;
import org.hscl.augment.Augmenter;
import org.hscl.augment.Rotation;
import org.hscl.engine.Scalar;
import org.hscl.model.Encoder;
import org.hscl.scenario.Label;
import org.jspecify.annotations.Nullable;

/**
 * The total, Eq. 8: L = L_SS + L_shift + λ₁ L_SP + λ₂ L_NA.
 *
 * @param config which terms, in which form
 */
public record HsclLoss(LossConfig config) {

    /**
     * The loss of one batch. A term that is off, or that has no rows in this batch, is 0.
     *
     * @param total what is minimized, a scalar
     * @param sampleToSample Eq. 1–2
     * @param shift rotation classification
     * @param prototype Eq. 4, not yet times λ₁
     * @param abnormal Eq. 6, not yet times λ₂
     */
    public record Terms(NDArray total, NDArray sampleToSample, NDArray shift, NDArray prototype, NDArray abnormal) {

        /** Names of the values of {@link #detached()}, in order. */
        public static final List<String> NAMES =
                List.of("total", "sample-to-sample", "shift", "sample-to-prototype", "normal-to-abnormal");

        /** The five values without gradient, (5). */
        public NDArray detached() {
            return NDArrays.stack(new NDList(total, sampleToSample, shift, prototype, abnormal)).stopGradient();
        }
    }

    /**
     * How many uniform draws the sampler of a batch needs at most.
     *
     * @param images B
     */
    public int uniforms(int images) {
        int draws = images * Augmenter.ROWS_PER_IMAGE;
        // Paper: anchors and positives. Released: mixed rows and their shares, of anchors, positives and negatives.
        return config.variant() == Variant.PAPER ? 2 * draws : 3 * 2 * NormalToAbnormal.MIXED_ROWS * draws;
    }

    /**
     * Computes the loss.
     *
     * @param output of the encoder for the 8B rows of {@link Augmenter#twoViews}
     * @param prototypes (D, K), not normalized
     * @param labels what training may know of each image, (B)
     * @param sampler draws for the normal-to-abnormal relation
     * @throws IllegalArgumentException if the rows are not eight an image
     */
    public Terms of(Encoder.Output output, NDArray prototypes, Label[] labels, RowSampler sampler) {
        if (labels.length * (long) Augmenter.ROWS_PER_IMAGE != output.projection().getShape().get(0)) {
            throw new IllegalArgumentException("%d labels for %d rows; a batch has eight rows an image"
                    .formatted(labels.length, output.projection().getShape().get(0)));
        }
        BatchRows rows = BatchRows.of(labels, config.rows());
        return of(output, prototypes, rows.send(output.projection().getManager()), sampler);
    }

    /**
     * The same with the rows on the device already.
     *
     * @param output of the encoder for the 8B rows of {@link Augmenter#twoViews}
     * @param prototypes (D, K), not normalized
     * @param rows numbers below 8B
     * @param sampler has at least {@link #uniforms} draws
     * @throws IllegalArgumentException if the rows are not eight an image, or, on a CPU, not finite
     */
    public Terms of(Encoder.Output output, NDArray prototypes, BatchRows.OnDevice rows, RowSampler sampler) {
        NDArray z = output.projection(); // (8B, D)
        Rows.checkMatrix("the projection", z);
        if (z.getShape().get(0) % Augmenter.ROWS_PER_IMAGE != 0) {
            throw new IllegalArgumentException("%d rows; a batch has eight rows an image".formatted(z.getShape().get(0)));
        }
        NDArray p = Rows.local(z, prototypes);
        LossTerms terms = config.terms();
        // Zeros that reach every head, so that each weight has a gradient even where its term is off.
        NDArray zero = Rows.zero(z).add(Rows.zero(p));
        NDArray sampleToSample = terms.sampleToSample() ? SampleToSample.loss(z, config.temperature()) : zero;
        NDArray shift = terms.shift() ? ShiftClassification.loss(output.shift(), rotations(z)) : Rows.zero(output.shift());
        NDArray prototype = zero;
        NDArray abnormal = zero;
        if (!skipsRelations(rows)) {
            NDArray normal = rows.hasNormal() ? Rows.select(z, rows.normalThenUnlabeled()) : null; // (N, D)
            NDArray known = rows.hasAbnormal() ? Rows.select(z, rows.abnormal()) : null; // (A, D)
            NDArray nearest =
                    terms.prototypes() && normal != null ? SampleToPrototype.nearest(learned(normal), p) : null; // (N, 1)
            NDArray weights = nearest == null ? null : SoftWeights.of(nearest, rows.labeledNormal());
            prototype = prototypeTerm(zero, nearest, weights, known, p);
            if (terms.normalToAbnormal() && normal != null && known != null) {
                abnormal = abnormalTerm(normal, known, weights, (int) z.getShape().get(0), sampler);
            }
        }
        NDArray total = sampleToSample
                .add(shift)
                .add(Scalar.times(prototype, config.prototypeWeight()))
                .add(Scalar.times(abnormal, config.abnormalWeight()));
        return new Terms(total, sampleToSample, shift, prototype, abnormal);
    }

    /** The released code learns these relations only from batches with labels of both kinds. */
    private boolean skipsRelations(BatchRows.OnDevice rows) {
        return config.variant() == Variant.RELEASED && (rows.labeledNormal() == 0 || !rows.hasAbnormal());
    }

    /** What the prototype term sees of the rows: in the released code only the prototypes learn from it. */
    private NDArray learned(NDArray rows) {
        return config.variant() == Variant.PAPER ? rows : rows.stopGradient();
    }

    private NDArray prototypeTerm(
            NDArray zero, @Nullable NDArray nearest, @Nullable NDArray weights, @Nullable NDArray abnormal, NDArray prototypes) {
        NDArray sum = zero;
        if (config.terms().prototypePositive() && nearest != null && weights != null) {
            sum = sum.add(SampleToPrototype.normalTerm(nearest, weights));
        }
        if (config.terms().prototypeNegative() && abnormal != null) {
            sum = sum.add(SampleToPrototype.abnormalTerm(learned(abnormal), prototypes, config.variant()));
        }
        return sum;
    }

    private NDArray abnormalTerm(
            NDArray normal, NDArray abnormal, @Nullable NDArray weights, int draws, RowSampler sampler) {
        NDArray mass = weights == null
                ? Rows.ones(normal, normal.getShape().get(0)) // without prototypes every row is as good
                : ThresholdSampling.threshold(weights, config.threshold());
        NDArray loss = config.variant() == Variant.PAPER
                ? paperPairs(normal, abnormal, mass, draws, sampler)
                : releasedMixes(normal, abnormal, mass, draws, sampler);
        // Where no weight exceeds η the term is skipped; deciding it on the device avoids a host read.
        NDArray sum = mass.sum();
        return loss.mul(Rows.as(sum.gt(Scalar.of(sum, 0)), normal.getDataType()));
    }

    private NDArray paperPairs(NDArray normal, NDArray abnormal, NDArray mass, int draws, RowSampler sampler) {
        NDArray pairs = sampler.rows(mass, 2 * draws); // anchors, then positives
        NDArray anchors = pairs.get(new NDIndex(":{}", draws));
        NDArray positives = pairs.get(new NDIndex("{}:", draws));
        return NormalToAbnormal.paper(normal, abnormal, anchors, positives, config.temperature());
    }

    private NDArray releasedMixes(NDArray normal, NDArray abnormal, NDArray mass, int draws, RowSampler sampler) {
        NormalToAbnormal.Mix anchors = mix(mass, draws, sampler);
        NormalToAbnormal.Mix positives = mix(mass, draws, sampler);
        NormalToAbnormal.Mix negatives = mix(Rows.ones(abnormal, abnormal.getShape().get(0)), draws, sampler);
        return NormalToAbnormal.released(normal, abnormal, anchors, positives, negatives, config.temperature());
    }

    private static NormalToAbnormal.Mix mix(NDArray mass, int draws, RowSampler sampler) {
        int k = NormalToAbnormal.MIXED_ROWS;
        return new NormalToAbnormal.Mix(
                sampler.rows(mass, draws * k), sampler.shares(mass.getManager(), draws, k));
    }

    /** The rotation of each row, (8B): B zeros, B ones, B twos, B threes, twice. */
    private static NDArray rotations(NDArray z) {
        long rows = z.getShape().get(0);
        long views = Augmenter.ROWS_PER_IMAGE / Rotation.COUNT;
        return z.getManager()
                .arange(0, Rotation.COUNT, 1, z.getDataType())
                .reshape(1, Rotation.COUNT, 1)
                .broadcast(views, Rotation.COUNT, rows / Augmenter.ROWS_PER_IMAGE)
                .reshape(rows);
    }
}
