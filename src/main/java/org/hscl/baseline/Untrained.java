package org.hscl.baseline;

import org.hscl.data.ImageSet;
import org.hscl.eval.Neighbours;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/**
 * The encoder as it starts, with random weights, and one nearest neighbour in L⁺ ∪ U: the initial model of the paper's Figure 3,
 * and what every training has to beat.
 */
final class Untrained implements Method {

    @Override
    public String name() {
        return "Untrained";
    }

    @Override
    public String citation() {
        return "none: random weights";
    }

    @Override
    public EncoderModel fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        try (DeepTraining start = new DeepTraining(split, config, options, listener)) {
            int[] taken = start.rows(Label.NORMAL, Label.UNLABELED);
            RowDraws.require(taken, "normal or unlabeled images", split);
            ImageSet train = split.train().select(taken);
            return start.model((encoder, manager) -> Neighbours.scorer(train, encoder, manager));
        }
    }
}
