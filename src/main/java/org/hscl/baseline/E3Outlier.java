package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.loss.Loss;
import java.util.Arrays;
import org.hscl.augment.Augmenter;
import org.hscl.detect.NormalityModel;
import org.hscl.engine.Scalar;
import org.hscl.engine.Torch;
import org.hscl.model.Encoder;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/**
 * E3Outlier: a classifier of 111 transformations; inliers, being many, are learned first, so their posteriors are sharper
 * (Wang et al. 2019, Eq. 1 for the loss, section 3.3 for the scores). Trained on L⁺ ∪ U, without other augmentation; L⁻ is not
 * used.
 *
 * <p>Changed: as many rows as HSCL in place of three passes over all pairs of image and transformation, each image of a step
 * with one drawn at random; this library's encoder and Adam schedule; trained on some images and tested on others.
 *
 * @param numbers which {@link Transformations}; published all 111
 * @param score how posteriors become a score; published negative entropy
 */
record E3Outlier(int[] numbers, Score score) implements Method {

    /** What the posteriors of a transformed copy say. */
    enum Score {
        /** Σ_k p_k log₂ p_k. */
        NEGATIVE_ENTROPY {
            @Override
            NDArray of(NDArray logProbability, int m) {
                NDArray sum = logProbability.exp().mul(logProbability).sum(new int[] {1});
                return Scalar.times(sum, 1 / Math.log(2));
            }
        },
        /** p_m, of the true transformation. */
        TRUE_CLASS {
            @Override
            NDArray of(NDArray logProbability, int m) {
                return logProbability.get(":, {}", m).exp();
            }
        },
        /** max_k p_k. */
        MAXIMUM {
            @Override
            NDArray of(NDArray logProbability, int m) {
                return logProbability.max(new int[] {1}).exp();
            }
        };

        /**
         * How normal the m-th copies of N images look.
         *
         * @param logProbability (N, M)
         * @return (N)
         */
        abstract NDArray of(NDArray logProbability, int m);
    }

    @Override
    public String name() {
        return "E3Outlier";
    }

    @Override
    public String citation() {
        return "Wang et al., Effective End-to-end Unsupervised Outlier Detection via Inlier Priority, NeurIPS 2019";
    }

    @Override
    public NormalityModel fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        try (DeepTraining training = new DeepTraining(split, config, options, listener)) {
            int[] taken = training.rows(Label.NORMAL, Label.UNLABELED);
            RowDraws.require(taken, "normal or unlabeled images", split);
            int copies = numbers.length;
            int size = split.train().size();
            var transformations = new Transformations(numbers, size, training.manager());
            LinearHead.add(training.encoder(), copies, config.seed());
            training.run(taken, Augmenter.ROWS_PER_IMAGE * config.batchSize(), (rows, random, scratch) -> {
                int[] which = Arrays.stream(rows).map(row -> random.nextInt(copies)).toArray();
                NDArray views = transformations.apply(training.images(rows, scratch), which, TransformationModel.OUTSIDE);
                return loss(LinearHead.logits(training.encoder(), training.forward(views)), which);
            }, listener);
            NDManager manager = Torch.engine().newBaseManager(training.manager().getDevice());
            Encoder folded = training.encoder().folded(manager);
            return new TransformationModel(folded, manager, new Transformations(numbers, size, manager), (output, m) ->
                    Scalar.times(score.of(LinearHead.logits(folded, output).logSoftmax(1), m), 1.0 / copies));
        }
    }

    /** Mean cross-entropy: (N, M), (N) → a scalar. */
    static NDArray loss(NDArray logits, int[] which) {
        NDArray labels = logits.getManager().create(Arrays.stream(which).asLongStream().toArray());
        return Loss.softmaxCrossEntropyLoss().evaluate(new NDList(labels), new NDList(logits));
    }
}
