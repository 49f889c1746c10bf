package org.hscl.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.hscl.augment.AugmentConfig;
import org.hscl.augment.Augmenter;
import org.hscl.augment.Rotation;
import org.hscl.data.ImageSet;
import org.hscl.engine.SeededRandom;
import org.hscl.loss.Variant;
import org.hscl.model.Encoder;

/**
 * The released ensemble: S augmented samples × 4 rotations. For each rotation r, z̄_r is the mean projection and s̄_r the mean
 * of shift logit r; the score is ¼ Σ_r ( a_r · max_k z̄_r·pₖ + b_r · s̄_r ). An image's score does not depend on its batch:
 * sample number s augments every image alike.
 *
 * @param config variant, samples, seed
 * @param calibration the factors a_r and b_r
 */
public record EnsembleScore(EnsembleConfig config, Calibration calibration) {

    /** Keeps these draws apart from those of the training. */
    private static final long PURPOSE = 0xE45E;

    /**
     * Mean outputs over the samples of some images.
     *
     * @param projection z̄_r, (N, 4, D)
     * @param shift s̄_r: of rotation r the logit r, (N, 4)
     */
    public record MeanOutputs(NDArray projection, NDArray shift) {}

    /** Calibrates on training images: rows of L⁺ ∪ U in the paper's variant, all in the released one. */
    public static EnsembleScore calibrated(
            EnsembleConfig config, ImageSet train, Encoder encoder, AugmentConfig augment, NDManager manager) {
        float[][] rows = Encodings.read(train, manager, batch -> {
            MeanOutputs mean = means(batch, encoder, augment, config);
            NDArray norms = mean.projection().square().sum(new int[] {2}).sqrt(); // (B, 4)
            return Encodings.rows(NDArrays.concat(new NDList(norms, mean.shift()), 1)); // (B, 8)
        });
        return new EnsembleScore(config, Calibration.of(rows, config.variant()));
    }

    /**
     * Scores images.
     *
     * @return (N), higher is more normal; unbounded
     */
    public double[] of(ImageSet images, Encoder encoder, AugmentConfig augment, NDManager manager) {
        return Encodings.scores(
                images, manager, batch -> combine(means(batch, encoder, augment, config), encoder.prototypes()));
    }

    /**
     * The formula.
     *
     * @param mean of N images
     * @param prototypes (D, K), not normalized
     * @return (N)
     */
    public NDArray combine(MeanOutputs mean, NDArray prototypes) {
        NDManager manager = mean.projection().getManager();
        NDArray local = manager.zeros(prototypes.getShape()).add(prototypes);
        NDArray p = config.variant() == Variant.PAPER ? Neighbours.unit(local.transpose()).transpose() : local; // (D, K)
        NDArray nearest = mean.projection().matMul(p).max(new int[] {2}); // (N, 4)
        NDArray similarity = nearest.mul(manager.create(calibration.similarity()));
        NDArray shift = mean.shift().mul(manager.create(calibration.shift()));
        return similarity.add(shift).mean(new int[] {1}); // (N)
    }

    /** z̄_r and s̄_r of a batch. */
    private static MeanOutputs means(NDArray images, Encoder encoder, AugmentConfig augment, EnsembleConfig config) {
        Augmenter augmenter = new Augmenter(augment.forEnsemble());
        long count = images.getShape().get(0);
        NDArray projection = null;
        NDArray shift = null;
        for (int s = 0; s < config.samples(); s++) {
            try (NDManager scratch = images.getManager().newSubManager()) {
                NDArray local = images.duplicate();
                local.attach(scratch);
                NDArray views = augmenter.ensembleSample(local, SeededRandom.at(config.seed(), PURPOSE, s)); // (4N, …)
                Encoder.Output output = encoder.forward(views, false);
                NDArray z = output.projection().reshape(Rotation.COUNT, count, -1);
                NDArray own = ownLogits(output.shift().reshape(Rotation.COUNT, count, Rotation.COUNT));
                projection = projection == null ? keep(z, images) : projection.addi(z);
                shift = shift == null ? keep(own, images) : shift.addi(own);
            }
        }
        return new MeanOutputs(
                projection.divi(config.samples()).transpose(1, 0, 2), shift.divi(config.samples()).transpose());
    }

    private static NDArray keep(NDArray array, NDArray owner) {
        NDArray kept = array.duplicate();
        kept.attach(owner.getManager());
        return kept;
    }

    /** Of rotation r the logit r: (4, N, 4) → (4, N). */
    private static NDArray ownLogits(NDArray logits) {
        NDArray own = logits.getManager().eye(Rotation.COUNT).reshape(Rotation.COUNT, 1, Rotation.COUNT);
        return logits.mul(own).sum(new int[] {2});
    }
}
