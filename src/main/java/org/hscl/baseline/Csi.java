package org.hscl.baseline;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.hscl.data.ImageSet;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.hscl.loss.LossTerms;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.Trainer;
import org.hscl.train.TrainingListener;

/**
 * CSI: contrastive learning in which rotated copies are negatives, and which rotation it was is classified. Trained on L⁺ ∪ U.
 * L⁻ is not used. Scored by {@link CsiModel}.
 *
 * @param shift whether rotations are classified; without it the logits leave the score too
 */
record Csi(boolean shift) implements Method {

    @Override
    public String name() {
        return shift ? "CSI" : "CSI without shift term";
    }

    @Override
    public String citation() {
        return "Tack et al., CSI: Novelty Detection via Contrastive Learning on Distributionally Shifted Instances, NeurIPS 2020";
    }

    @Override
    public CsiModel fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        ImageSet train = split.train().select(taken(split));
        ComputeDevice device = ComputeDevice.choose(options.device());
        try (Trainer trainer = trainer(shift, split, config, options, listener)) {
            trainer.train(listener);
            NDManager manager = Torch.engine().newBaseManager(device.device());
            return new CsiModel(trainer.encoder().folded(manager), manager, train, shift);
        }
    }

    /** A training on L⁺ ∪ U that has not begun. */
    static Trainer trainer(boolean shift, Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        Label[] labels = split.labels();
        int[] taken = taken(split);
        Label[] known = Arrays.stream(taken).mapToObj(i -> labels[i]).toArray(Label[]::new);
        HsclConfig contrastive = config.withLoss(config.loss().withTerms(LossTerms.contrastiveOnly(shift)));
        ComputeDevice device = ComputeDevice.choose(options.device());
        return new Trainer(split.train().select(taken), known, contrastive, device, options.checkpoints(), listener);
    }

    private static int[] taken(Split split) {
        Label[] labels = split.labels();
        int[] taken = IntStream.range(0, labels.length).filter(i -> labels[i] != Label.ABNORMAL).toArray();
        RowDraws.require(taken, "normal or unlabeled images", split);
        return taken;
    }
}
