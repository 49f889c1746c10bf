package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import org.hscl.augment.Augmenter;
import org.hscl.data.ImageSet;
import org.hscl.eval.Neighbours;
import org.hscl.loss.SampleToSample;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/**
 * SimCLR and one nearest neighbour: two views of each image of L⁺ ∪ U, without rotations, under NT-Xent (Eq. 1); the score is
 * the cosine of a clean image's projection with the nearest training one. L⁻ is not used.
 */
final class SimClr implements Method {

    @Override
    public String name() {
        return "SimCLR";
    }

    @Override
    public String citation() {
        return "Chen et al., A Simple Framework for Contrastive Learning of Visual Representations, ICML 2020";
    }

    @Override
    public EncoderModel fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        Augmenter augmenter = new Augmenter(config.augment());
        try (DeepTraining training = new DeepTraining(split, config, options, listener)) {
            int[] taken = training.rows(Label.NORMAL, Label.UNLABELED);
            RowDraws.require(taken, "normal or unlabeled images", split);
            training.run(taken, config.batchSize(), (rows, random, scratch) -> {
                NDArray clean = training.images(rows, scratch);
                NDArray views = NDArrays.concat(
                        new NDList(augmenter.sample(clean, random), augmenter.sample(clean, random))); // (2B, …)
                NDArray z = training.forward(views).projection();
                return SampleToSample.loss(z, config.loss().temperature());
            }, listener);
            ImageSet train = split.train().select(taken);
            return training.model((encoder, manager) -> Neighbours.scorer(train, encoder, manager));
        }
    }
}
