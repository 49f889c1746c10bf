package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.hscl.augment.Augmenter;
import org.hscl.augment.Rotation;
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
     * Computes the loss.
     *
     * @param output of the encoder for the 8B rows of {@link Augmenter#twoViews}
     * @param prototypes (D, K), not normalized
     * @param labels what training may know of each image, (B)
     * @param sampler draws for the normal-to-abnormal relation
     * @throws IllegalArgumentException if the rows are not eight an image
     */
    public Terms of(Encoder.Output output, NDArray prototypes, Label[] labels, RowSampler sampler) {
        NDArray z = output.projection(); // (8B, D)
        Rows.checkMatrix("the projection", z);
        if (labels.length * (long) Augmenter.ROWS_PER_IMAGE != z.getShape().get(0)) {
            throw new IllegalArgumentException(
                    "%d labels for %d rows; a batch has eight rows an image".formatted(labels.length, z.getShape().get(0)));
        }
        BatchRows rows = BatchRows.of(labels, config.rows());
        LossTerms terms = config.terms();
        // Zeros that reach every head, so that each weight has a gradient even where its term is off.
        NDArray zero = Rows.zero(z).add(Rows.zero(Rows.local(z, prototypes)));
        NDArray sampleToSample = terms.sampleToSample() ? SampleToSample.loss(z, config.temperature()) : zero;
        NDArray shift = terms.shift() ? ShiftClassification.loss(output.shift(), rotations(z, labels.length)) : Rows.zero(output.shift());
        NDArray prototype = zero;
        NDArray abnormal = zero;
        if (!skipsRelations(rows)) {
            NDArray weights = terms.prototypes() ? weights(z, prototypes, rows) : null;
            prototype = terms.prototypes() ? prototypeTerm(z, prototypes, rows, weights) : zero;
            abnormal = terms.normalToAbnormal() ? abnormalTerm(z, rows, weights, sampler) : zero;
        }
        NDArray total = sampleToSample
                .add(shift)
                .add(Rows.times(prototype, config.prototypeWeight()))
                .add(Rows.times(abnormal, config.abnormalWeight()));
        return new Terms(total, sampleToSample, shift, prototype, abnormal);
    }

    /** The released code learns these relations only from batches with labels of both kinds. */
    private boolean skipsRelations(BatchRows rows) {
        return config.variant() == Variant.RELEASED && (rows.labeledNormal() == 0 || rows.abnormal().length == 0);
    }

    /** wᵢ of Eq. 5, (N, 1), or null where the batch has neither normal nor unlabeled rows. */
    private static @Nullable NDArray weights(NDArray z, NDArray prototypes, BatchRows rows) {
        if (rows.normalThenUnlabeled().length == 0) {
            return null;
        }
        NDArray nearest = SampleToPrototype.nearest(Rows.select(z, rows.normalThenUnlabeled()), prototypes);
        return SoftWeights.of(nearest, rows.labeledNormal());
    }

    private NDArray prototypeTerm(
            NDArray z, NDArray prototypes, BatchRows rows, @Nullable NDArray weights) {
        NDArray features = config.variant() == Variant.PAPER ? z : z.stopGradient();
        NDArray sum = Rows.zero(z).add(Rows.zero(Rows.local(z, prototypes)));
        if (config.terms().prototypePositive() && weights != null) {
            NDArray normal = Rows.select(features, rows.normalThenUnlabeled());
            sum = sum.add(SampleToPrototype.normalTerm(SampleToPrototype.nearest(normal, prototypes), weights));
        }
        if (config.terms().prototypeNegative() && rows.abnormal().length > 0) {
            NDArray abnormal = Rows.select(features, rows.abnormal());
            sum = sum.add(SampleToPrototype.abnormalTerm(abnormal, prototypes, config.variant()));
        }
        return sum;
    }

    private NDArray abnormalTerm(
            NDArray z, BatchRows rows, @Nullable NDArray weights, RowSampler sampler) {
        if (rows.abnormal().length == 0 || rows.normalThenUnlabeled().length == 0) {
            return Rows.zero(z);
        }
        NDArray normal = Rows.select(z, rows.normalThenUnlabeled());
        NDArray abnormal = Rows.select(z, rows.abnormal());
        NDArray mass = weights == null
                ? Rows.ones(z, normal.getShape().get(0)) // without prototypes every row is as good
                : ThresholdSampling.threshold(weights, config.threshold());
        int draws = (int) z.getShape().get(0);
        NDArray loss = config.variant() == Variant.PAPER
                ? paperPairs(normal, abnormal, mass, draws, sampler)
                : releasedMixes(normal, abnormal, mass, draws, sampler);
        // Where no weight exceeds η the term is skipped; deciding it on the device avoids a host read.
        return loss.mul(Rows.as(mass.sum().gt(0), z.getDataType()));
    }

    private NDArray paperPairs(NDArray normal, NDArray abnormal, NDArray mass, int draws, RowSampler sampler) {
        NDArray anchors = sampler.rows(mass, draws);
        NDArray positives = sampler.rows(mass, draws);
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
    private static NDArray rotations(NDArray z, int images) {
        float[] rotation = new float[images * Augmenter.ROWS_PER_IMAGE];
        for (int row = 0; row < rotation.length; row++) {
            rotation[row] = row / images % Rotation.COUNT;
        }
        return z.getManager().create(rotation);
    }
}
