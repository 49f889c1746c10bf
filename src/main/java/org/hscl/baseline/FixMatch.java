package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.loss.Loss;
import java.util.SplittableRandom;
import org.hscl.augment.Augmenter;
import org.hscl.augment.Flip;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/**
 * FixMatch with two classes: cross-entropy on L⁺ and L⁻, and on U the cross-entropy of a strongly augmented image with the
 * class of its weakly augmented copy, where that is surer than .95. Weak is a flip; strong is the paper's augmentation. Of the
 * unlabeled images a step takes μ = 3 times as many as of labeled ones (7 there), so that it is as large as one of HSCL's.
 *
 * @param randAugment whether strong is what was published: a moved crop, a flip, two RandAugment operations and a cut-out square
 */
record FixMatch(boolean randAugment) implements Method {

    private static final float CONFIDENCE = 0.95f;
    private static final int UNLABELED_PER_LABELED = 3;
    private static final AugmentationPolicy PUBLISHED = AugmentationPolicy.cropAndFlip().then(AugmentationPolicy.fixMatch());

    @Override
    public String name() {
        return randAugment ? "FixMatch with RandAugment" : "FixMatch";
    }

    @Override
    public String citation() {
        return "Sohn et al., FixMatch: Simplifying Semi-Supervised Learning with Consistency and Confidence, NeurIPS 2020";
    }

    @Override
    public EncoderModel fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        HsclConfig twoLogits = config.withEncoder(config.encoder().withProjectionDimensions(Supervised.CLASSES));
        Label[] labels = split.labels();
        Augmenter own = new Augmenter(config.augment());
        try (DeepTraining training = new DeepTraining(split, twoLogits, options, listener)) {
            RowDraws.require(training.rows(Label.NORMAL), "labeled normal images", split);
            RowDraws.require(training.rows(Label.ABNORMAL), "labeled abnormal images", split);
            int[] unlabeled = training.rows(Label.UNLABELED);
            RowDraws.require(unlabeled, "unlabeled images", split);
            int[] labeled = training.rows(Label.NORMAL, Label.ABNORMAL);
            int batch = config.batchSize();
            training.run(unlabeled, UNLABELED_PER_LABELED * batch, (rows, random, scratch) -> {
                int[] known = RowDraws.draw(labeled, batch, random);
                NDArray clean = training.images(rows, scratch);
                NDArray views = NDArrays.concat(new NDList(
                        weak(training.images(known, scratch), random), weak(clean, random), randAugment
                                ? PUBLISHED.views(split.train(), rows, random, scratch)
                                : own.sample(clean, random)));
                NDArray logits = training.forward(views).projection(); // (B + μB + μB, 2)
                NDArray supervised = Loss.softmaxCrossEntropyLoss().evaluate(
                        new NDList(Supervised.targets(known, labels, scratch)), new NDList(logits.get("0:{}", batch)));
                NDArray teacher = logits.get("{}:{}", batch, batch + rows.length).stopGradient();
                return supervised.add(consistency(teacher, logits.get("{}:", batch + rows.length)));
            }, listener);
            return training.model((encoder, manager) -> output -> Supervised.margin(output.projection()));
        }
    }

    private static NDArray weak(NDArray images, SplittableRandom random) {
        return Flip.draw((int) images.getShape().get(0), random).on(images);
    }

    /** −mean of log softmax of the teacher's class, 0 where the teacher is not sure: (M, 2), (M, 2) → a scalar. */
    static NDArray consistency(NDArray teacher, NDArray student) {
        NDArray probability = teacher.softmax(1);
        NDArray best = probability.max(new int[] {1}, true); // (M, 1)
        NDArray pseudo = probability.gte(best).logicalAnd(best.gte(CONFIDENCE)).toType(DataType.FLOAT32, false); // (M, 2)
        return student.logSoftmax(1).mul(pseudo).sum(new int[] {1}).mean().neg();
    }
}
