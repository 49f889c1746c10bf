package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.loss.Loss;
import org.hscl.augment.Flip;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/**
 * A binary classifier on L⁺ and L⁻: cross-entropy of two logits, images flipped at random. U is not used. The score is the
 * difference of the logits.
 */
final class Supervised implements Method {

    /** Logits: normal, abnormal. */
    static final int CLASSES = 2;

    @Override
    public String name() {
        return "Supervised";
    }

    @Override
    public String citation() {
        return "Compared in Ruff et al., Deep Semi-Supervised Anomaly Detection, ICLR 2020";
    }

    @Override
    public EncoderModel fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        HsclConfig twoLogits = config.withEncoder(config.encoder().withProjectionDimensions(CLASSES));
        Label[] labels = split.labels();
        try (DeepTraining training = new DeepTraining(split, twoLogits, options, listener)) {
            RowDraws.require(training.rows(Label.NORMAL), "labeled normal images", split);
            RowDraws.require(training.rows(Label.ABNORMAL), "labeled abnormal images", split);
            int[] labeled = training.rows(Label.NORMAL, Label.ABNORMAL);
            training.run(labeled, config.batchSize(), (rows, random, scratch) -> {
                NDArray flipped = Flip.draw(rows.length, random).on(training.images(rows, scratch));
                NDArray logits = training.forward(flipped).projection(); // (B, 2)
                return Loss.softmaxCrossEntropyLoss()
                        .evaluate(new NDList(targets(rows, labels, scratch)), new NDList(logits));
            }, listener);
            return training.model((encoder, manager) -> output -> margin(output.projection()));
        }
    }

    /** 0 for normal, 1 for abnormal, (B). */
    static NDArray targets(int[] rows, Label[] labels, NDManager scratch) {
        float[] targets = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            targets[i] = labels[rows[i]] == Label.ABNORMAL ? 1 : 0;
        }
        return scratch.create(targets);
    }

    /** Logit of normal minus logit of abnormal: (N, 2) → (N). */
    static NDArray margin(NDArray logits) {
        return logits.get(":, 0").sub(logits.get(":, 1"));
    }
}
