package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.hscl.detect.NormalityModel;
import org.hscl.engine.Scalar;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/**
 * DivideMix with two classes, and Aug-LNL, which is the same with strong views to learn from (Nishi et al. 2021, "AugDesc-WS"):
 * U is called normal, as is L⁺, and a label counts as noise where its loss belongs to the higher of two Gaussians (Li et al.
 * 2020, section 3.1). Two networks, each trained with what the other believes, by {@link MixMatch}. Scored by the margin of the
 * summed logits.
 *
 * <p>Changed, as the HSCL paper says only that U is assumed normal: L⁺ and L⁻ are always believed and only U's losses are
 * divided; λ_u is 0, as in the authors' presets for little noise. The two networks take their steps side by side, both guess in
 * evaluation mode, batches are drawn from the believed images; this library's encoder, Adam schedule and number of steps, a
 * fifth of the epochs being warm-up (10 of 300 there).
 *
 * @param name in tables
 * @param strong the views to learn from; those of guesses are weak
 * @param uniform whether the penalty's prior is uniform (published), else the shares of L⁺ ∪ U and L⁻
 * @param unlabeledWeight λ_u; published 0 to 50 by the amount of noise
 */
record DivideMix(String name, AugmentationPolicy strong, boolean uniform, double unlabeledWeight) implements Method {

    static final AugmentationPolicy WEAK = AugmentationPolicy.cropAndFlip();

    /** As published, but for λ_u. */
    static DivideMix published() {
        return new DivideMix("DivideMix", WEAK, true, 0);
    }

    /** With the shares of the labels as the prior. */
    static DivideMix withPriorOfLabels() {
        return new DivideMix("DivideMix with the prior of the labels", WEAK, false, 0);
    }

    /** Learning from AutoAugment's views. */
    static DivideMix augmented() {
        return new DivideMix("Aug-LNL", WEAK.then(new AutoAugment()), true, 0);
    }

    /** Learning from RandAugment's views, one operation and a cut-out square: a preset of its authors. */
    static DivideMix randAugmented() {
        return new DivideMix("Aug-LNL with RandAugment", WEAK.then(AugmentationPolicy.randAugment(1)), true, 0);
    }

    @Override
    public String citation() {
        return strong == WEAK
                ? "Li, Socher and Hoi, DivideMix: Learning with Noisy Labels as Semi-supervised Learning, ICLR 2020"
                : "Nishi et al., Augmentation Strategies for Learning with Noisy Labels, CVPR 2021";
    }

    @Override
    public NormalityModel fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        try (DeepTraining training = new DeepTraining(split, config, options, listener)) {
            RowDraws.require(training.rows(Label.NORMAL, Label.UNLABELED), "normal or unlabeled images", split);
            RowDraws.require(training.rows(Label.ABNORMAL), "labeled abnormal images", split);
            DivideMixTraining run = new DivideMixTraining(this, split, config, training);
            run.train(listener);
            return run.model();
        }
    }

    /** The probability that each image's label is right: 1 for labeled ones, for U from two Gaussians of the losses. */
    static double[] believed(double[] losses, Label[] labels) {
        double[] believed = new double[losses.length];
        Arrays.fill(believed, 1);
        int[] unlabeled = IntStream.range(0, labels.length).filter(i -> labels[i] == Label.UNLABELED).toArray();
        double[] scaled = TwoGaussians.scaled(Arrays.stream(unlabeled).mapToDouble(i -> losses[i]).toArray());
        if (Arrays.stream(scaled).allMatch(loss -> loss == 0)) {
            return believed; // nothing tells them apart
        }
        TwoGaussians mixture = TwoGaussians.of(scaled);
        for (int i = 0; i < scaled.length; i++) {
            believed[unlabeled[i]] = mixture.low(scaled[i]);
        }
        return believed;
    }

    /** 0 → (1, 0), 1 → (0, 1): (B) → (B, 2). */
    static NDArray oneHot(NDArray classes) {
        NDArray column = classes.reshape(-1, 1);
        return Scalar.plus(column.neg(), 1).concat(column, 1);
    }

    /**
     * L_x + λ L_u + penalty.
     *
     * @param logits of the mixed rows, those made from believed images first, (N, 2)
     * @param targets (N, 2)
     * @param labeled how many rows are made from believed images
     * @param weight λ
     */
    static NDArray loss(NDArray logits, NDArray targets, int labeled, double weight, double... prior) {
        NDArray loss = MixMatch.labeled(logits.get("0:{}", labeled), targets.get("0:{}", labeled))
                .add(MixMatch.penalty(logits, prior));
        if (labeled == logits.getShape().get(0)) {
            return loss;
        }
        NDArray guessed = MixMatch.unlabeled(logits.get("{}:", labeled), targets.get("{}:", labeled));
        return loss.add(Scalar.times(guessed, weight));
    }
}
