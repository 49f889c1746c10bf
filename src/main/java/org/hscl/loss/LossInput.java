package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.hscl.model.Encoder;
import org.jspecify.annotations.Nullable;

/** One batch as the encoder leaves it: what the terms of the loss compute from. What several terms need is computed once. */
public final class LossInput {

    private final Encoder.Output output;
    private final NDArray prototypes;
    private final RowSampler sampler;
    private final LossConfig config;
    private final BatchRows.OnDevice rows;
    private boolean selected;
    private @Nullable NDArray normal;
    private @Nullable NDArray abnormal;
    private @Nullable NDArray nearest;
    private @Nullable NDArray weights;

    LossInput(Encoder.Output output, NDArray prototypes, BatchRows.OnDevice rows, RowSampler sampler, LossConfig config) {
        NDArray z = output.projection();
        this.output = output;
        this.prototypes = Rows.local(z, prototypes);
        this.sampler = sampler;
        this.config = config;
        this.rows = rows;
    }

    /** Both kinds at once, when a term first asks: the order in which gradients add, and so their last digits, stays the same. */
    private void select() {
        // The released code learns these relations only from batches with labels of both kinds.
        boolean skipped = config.variant() == Variant.RELEASED && (rows.labeledNormal() == 0 || !rows.hasAbnormal());
        if (!selected && !skipped) {
            NDArray z = output.projection();
            normal = rows.hasNormal() ? Rows.select(z, rows.normalThenUnlabeled()) : null;
            abnormal = rows.hasAbnormal() ? Rows.select(z, rows.abnormal()) : null;
        }
        selected = true;
    }

    /** z of all rows, not normalized, (8B, D): view-major, then rotation-major, then image. */
    public NDArray projection() {
        return output.projection();
    }

    /** Features before the heads, (8B, F). */
    public NDArray features() {
        return output.penultimate();
    }

    /** Logits of the rotations, (8B, 4). */
    public NDArray shift() {
        return output.shift();
    }

    /** pₖ, not normalized, (D, K). */
    public NDArray prototypes() {
        return prototypes;
    }

    /** z of labeled normal rows, then of unlabeled ones, (N, D); empty where the batch has none to learn from. */
    public Optional<NDArray> normal() {
        select();
        return Optional.ofNullable(normal);
    }

    /** z of labeled abnormal rows, (A, D); empty where the batch has none to learn from. */
    public Optional<NDArray> abnormal() {
        select();
        return Optional.ofNullable(abnormal);
    }

    /** max_k ẑᵢ·p̂ₖ of {@link #normal}, (N, 1). */
    public Optional<NDArray> nearest() {
        if (nearest == null) {
            nearest = normal().map(z -> SampleToPrototype.nearest(learned(z), prototypes)).orElse(null);
        }
        return Optional.ofNullable(nearest);
    }

    /** wᵢ of {@link #normal}, Eq. 5, (N, 1) in [0, 1], detached. */
    public Optional<NDArray> weights() {
        if (weights == null) {
            weights = nearest().map(similar -> SoftWeights.of(similar, rows.labeledNormal())).orElse(null);
        }
        return Optional.ofNullable(weights);
    }

    /** What the prototype term sees of rows: in the released code only the prototypes learn from it. */
    NDArray learned(NDArray rows) {
        return config.variant() == Variant.PAPER ? rows : rows.stopGradient();
    }

    /** The step's draws, as many as the terms have asked for. */
    public RowSampler sampler() {
        return sampler;
    }
}
