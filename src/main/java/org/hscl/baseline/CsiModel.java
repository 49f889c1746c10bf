package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.hscl.augment.Rotation;
import org.hscl.data.ImageSet;
import org.hscl.detect.FeatureModel;
import org.hscl.eval.Calibration;
import org.hscl.eval.Encodings;
import org.hscl.eval.Neighbours;
import org.hscl.loss.Variant;
import org.hscl.model.Encoder;

/**
 * CSI's score of clean images (Tack et al. 2020, Eq. 6–9): ¼ Σ_r ( a_r max_m cos(z_r(x), z_r(x_m)) ‖z_r(x)‖ + b_r s_r(x) ) over
 * the four rotations r, with z_r the projection and s_r the logit r of the rotated image, x_m the training images, a_r and b_r
 * the inverse means of ‖z_r‖ and s_r over these. A logit whose mean is not clearly positive, as after a short training, is left
 * out.
 */
final class CsiModel implements FeatureModel {

    private final Encoder encoder;
    private final NDManager manager;
    private final boolean shift;
    private final Neighbours[] neighbours = new Neighbours[Rotation.COUNT];
    private final Calibration factors;

    /**
     * Keeps what the score needs of the training images.
     *
     * @param encoder for scoring; closed with this model
     * @param manager owns what is kept; closed with this model
     * @param train the x_m
     * @param shift whether the logits are part of the score
     */
    CsiModel(Encoder encoder, NDManager manager, ImageSet train, boolean shift) {
        this.encoder = encoder;
        this.manager = manager;
        this.shift = shift;
        float[][] parts = new float[train.count()][2 * Rotation.COUNT]; // ‖z_r‖, then s_r
        for (int r = 0; r < Rotation.COUNT; r++) {
            int turns = r;
            float[][] projections =
                    Encodings.read(train, manager, batch -> Encodings.rows(output(batch, turns).projection()));
            double[] logits = Encodings.scores(train, manager, batch -> logit(output(batch, turns), turns));
            neighbours[r] = Neighbours.of(projections, manager);
            for (int i = 0; i < parts.length; i++) {
                parts[i][r] = norm(projections[i]);
                parts[i][Rotation.COUNT + r] = (float) logits[i];
            }
        }
        factors = Calibration.of(parts, Variant.PAPER);
    }

    private static float norm(float[] z) {
        double sum = 0;
        for (float value : z) {
            sum += value * value;
        }
        return (float) Math.sqrt(sum);
    }

    @Override
    public double[] score(ImageSet images) {
        return Encodings.scores(images, manager, batch -> {
            NDArray sum = null;
            for (int r = 0; r < Rotation.COUNT; r++) {
                Encoder.Output output = output(batch, r);
                NDArray similarity = neighbours[r].nearest(output.projection()).mul(factors.similarity()[r]); // (B)
                NDArray part = shift ? similarity.add(logit(output, r).mul(factors.shift()[r])) : similarity;
                sum = sum == null ? part : sum.add(part);
            }
            return sum.div(Rotation.COUNT);
        });
    }

    @Override
    public float[][] features(ImageSet images) {
        return Encodings.features(images, encoder, manager);
    }

    private Encoder.Output output(NDArray batch, int turns) {
        return encoder.forward(Rotation.apply(batch, turns), false);
    }

    /** The logit of the true rotation, (B). */
    private static NDArray logit(Encoder.Output output, int turns) {
        return output.shift().get(":, {}", turns);
    }

    @Override
    public void close() {
        encoder.close();
        manager.close();
    }
}
