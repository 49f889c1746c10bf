package org.hscl.baseline;

import org.hscl.detect.NormalityModel;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/**
 * Elsa and Elsa+ (Han et al. 2021): contrastive pre-training, then normal images are gathered about K prototypes that clustering
 * finds, by an energy that labeled anomalies push the other way ({@link Energy}). Elsa pre-trains by SimCLR; Elsa+ by CSI, with
 * rotations as identities whose class is learned, and the score summed over them. The epoch is kept that best tells a twentieth
 * of U, held out, from strongly augmented copies of it.
 *
 * <p>After a short training Elsa+ can rank the wrong way round: the score has no τ, so an image between all prototypes beats one
 * at a prototype until fine-tuning has gathered them.
 *
 * <p>Changed: three quarters of the epochs are pre-training (1,000 of 1,050 there), batches are as large as HSCL's, prototypes
 * are made again after every epoch, K is at most a twelfth of the images but at least 8; Adam pre-trains, since the original's
 * optimizer cannot be told from its code; both score over ten augmented samples, as Elsa's first test does; clustering is always
 * in evaluation mode.
 *
 * @param plus whether Elsa+
 */
record Elsa(boolean plus) implements Method {

    @Override
    public String name() {
        return plus ? "Elsa+" : "Elsa";
    }

    @Override
    public String citation() {
        return "Han et al., Elsa: Energy-based Learning for Semi-supervised Anomaly Detection, BMVC 2021";
    }

    @Override
    public NormalityModel fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        try (DeepTraining training = new DeepTraining(split, config, options, listener)) {
            RowDraws.require(training.rows(Label.NORMAL, Label.UNLABELED), "normal or unlabeled images", split);
            ElsaTraining run = new ElsaTraining(plus, split, config, training);
            int fine = Math.max(1, config.epochs() / 4);
            run.preTrain(Math.max(1, config.epochs() - fine), options, listener);
            run.fineTune(config.epochs() - fine, fine, listener);
            return run.model();
        }
    }
}
