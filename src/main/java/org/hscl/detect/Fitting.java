package org.hscl.detect;

import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.hscl.data.ImageSet;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.scenario.Split;
import org.hscl.train.History;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.Trainer;
import org.hscl.train.TrainingListener;

/** From a split to a detector: trains, scores the training images, sets the threshold. */
final class Fitting {

    private static final String COLLAPSED = "warning: all training images score alike, so the prototypes have collapsed;"
            + " lower the learning rate, or train longer or with larger batches";

    private Fitting() {}

    static AnomalyDetector fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        ComputeDevice device = ComputeDevice.choose(options.device());
        NDManager manager = Torch.engine().newBaseManager(device.device());
        try (Trainer trainer =
                new Trainer(split.train(), split.labels(), config, device, options.checkpoints(), listener)) {
            long start = System.nanoTime();
            History history = trainer.train(listener);
            double seconds = (System.nanoTime() - start) * 1e-9;
            Parts parts = Parts.of(trainer, split, manager);
            TrainingScores scores = parts.trainingScores(split);
            if (scores.areCollapsed()) {
                listener.onMessage(COLLAPSED);
            }
            Facts facts = new Facts(split.name(), split.train().classNames(), config, history, trainer.steps(), scores,
                    Threshold.best(scores), split.train().reading().map(ImageSet.Reading::fit),
                    Optional.of(Provenance.of(split, trainer.dataSha256(), device.reason(), seconds)));
            return new AnomalyDetector(facts, parts);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }
}
