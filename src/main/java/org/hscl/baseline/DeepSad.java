package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/**
 * Deep SAD: minimize the mean of ‖z − c‖² over L⁺ ∪ U and of 1 / ‖z − c‖² over L⁻ (η = 1 there). The centre is the mean of
 * L⁺ ∪ U. Starts from random weights, not from an autoencoder's.
 */
final class DeepSad implements Method {

    /** Keeps the inverse finite. */
    private static final float EPSILON = 1e-6f;

    @Override
    public String name() {
        return "Deep SAD";
    }

    @Override
    public String citation() {
        return "Ruff et al., Deep Semi-Supervised Anomaly Detection, ICLR 2020";
    }

    @Override
    public EncoderModel fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        Label[] labels = split.labels();
        try (DeepTraining training = new DeepTraining(split, config, options, listener)) {
            int[] normals = training.rows(Label.NORMAL, Label.UNLABELED);
            RowDraws.require(normals, "normal or unlabeled images", split);
            Hypersphere sphere = Hypersphere.of(training, normals);
            int[] all = training.rows(Label.values());
            training.run(all, config.batchSize(), (rows, random, scratch) -> {
                var output = training.forward(training.images(rows, scratch));
                NDArray distance = sphere.squaredDistance(output.projection()); // (B, 1)
                float[] abnormal = new float[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    abnormal[i] = labels[rows[i]] == Label.ABNORMAL ? 1 : 0;
                }
                NDArray repelled = scratch.create(abnormal, new Shape(rows.length, 1));
                NDArray attracted = scratch.ones(repelled.getShape()).sub(repelled);
                NDArray inverse = scratch.ones(repelled.getShape()).div(distance.add(EPSILON));
                return distance.mul(attracted).add(inverse.mul(repelled)).mean();
            }, listener);
            return sphere.model(training);
        }
    }
}
