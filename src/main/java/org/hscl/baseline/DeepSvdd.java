package org.hscl.baseline;

import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/**
 * Deep SVDD, the one-class form: minimize the mean of ‖z − c‖² over L⁺ ∪ U. L⁻ is not used. Starts from random weights, not
 * from an autoencoder's.
 */
final class DeepSvdd implements Method {

    @Override
    public String name() {
        return "Deep SVDD";
    }

    @Override
    public String citation() {
        return "Ruff et al., Deep One-Class Classification, ICML 2018";
    }

    @Override
    public EncoderModel fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        try (DeepTraining training = new DeepTraining(split, config, options, listener)) {
            int[] taken = training.rows(Label.NORMAL, Label.UNLABELED);
            RowDraws.require(taken, "normal or unlabeled images", split);
            Hypersphere sphere = Hypersphere.of(training, taken);
            training.run(taken, config.batchSize(), (rows, random, scratch) -> {
                var output = training.forward(training.images(rows, scratch));
                return sphere.squaredDistance(output.projection()).mean();
            }, listener);
            return sphere.model(training);
        }
    }
}
