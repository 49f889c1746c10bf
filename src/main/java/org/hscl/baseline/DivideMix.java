package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hscl.data.ImageSet;
import org.hscl.detect.NormalityModel;
import org.hscl.engine.Scalar;
import org.hscl.engine.SeededRandom;
import org.hscl.eval.Encodings;
import org.hscl.model.Encoder;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.LearningRate;
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

    private static final AugmentationPolicy WEAK = AugmentationPolicy.cropAndFlip();
    private static final double BELIEVED = 0.5;
    /** λ_u rises in 16 of 300 epochs. */
    private static final double RAMP = 16.0 / 300;
    private static final long NOISE = 5;

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
            DeepTraining.require(training.rows(Label.NORMAL, Label.UNLABELED), "normal or unlabeled images", split);
            DeepTraining.require(training.rows(Label.ABNORMAL), "labeled abnormal images", split);
            Run run = new Run(this, split, config, training);
            run.train(listener);
            return run.model();
        }
    }

    /** One training under way. */
    private static final class Run {

        private final DivideMix method;
        private final HsclConfig config;
        private final DeepTraining training;
        private final ImageSet train;
        private final Label[] labels;
        private final List<Encoder> networks;
        private final double[] prior;
        private final int warmUp;
        /** w of every image by each network. */
        private final double[][] believed = new double[2][];
        private int epoch;

        Run(DivideMix method, Split split, HsclConfig config, DeepTraining training) {
            this.method = method;
            this.config = config;
            this.training = training;
            train = split.train();
            labels = split.labels();
            networks = List.of(training.encoder(), training.another());
            for (int i = 0; i < networks.size(); i++) {
                LinearHead.add(networks.get(i), Supervised.CLASSES, SeededRandom.at(config.seed(), NOISE, i).nextLong());
            }
            double abnormal = (double) training.rows(Label.ABNORMAL).length / labels.length;
            prior = method.uniform ? new double[] {0.5, 0.5} : new double[] {1 - abnormal, abnormal};
            warmUp = Math.max(1, config.epochs() / 5);
        }

        void train(TrainingListener listener) {
            var schedule = new LearningRate(config.optimizer(), config.epochs());
            int batch = config.batchSize();
            int first = Math.min(warmUp, config.epochs());
            int[] all = training.rows(Label.values());
            training.run(new DeepTraining.Phase(0, first, schedule::ofStep), all, 2 * batch, this::warmUpLoss, listener);
            training.beforeEpoch(this::divide);
            training.run(
                    new DeepTraining.Phase(first, config.epochs() - first,
                            (e, step, steps) -> schedule.ofStep(first + e, step, steps)),
                    all, batch, this::mixedLoss, listener);
            listener.onMessage(training.rowsTrained());
        }

        /** Cross-entropy with the given labels, less confidence than that would give. */
        private NDArray warmUpLoss(int[] rows, SplittableRandom random, NDManager scratch) {
            NDArray targets = oneHot(rows, scratch);
            NDArray sum = null;
            for (Encoder network : networks) {
                NDArray views = WEAK.views(train, rows, random, scratch);
                NDArray logits = LinearHead.logits(network, training.forward(network, views));
                NDArray loss = MixMatch.labeled(logits, targets).add(MixMatch.negativeEntropy(logits));
                sum = sum == null ? loss : sum.add(loss);
            }
            return sum;
        }

        /** Both networks look at the clean images of U before either learns from the other. */
        private void divide(int now) {
            epoch = now;
            for (int i = 0; i < networks.size(); i++) {
                believed[i] = believed(networks.get(i));
            }
        }

        private double[] believed(Encoder network) {
            double[] losses = Encodings.scores(train, training.manager(), batch ->
                    LinearHead.logits(network, network.forward(batch, false)).logSoftmax(1).get(":, 0").neg());
            return DivideMix.believed(losses, labels);
        }

        /** MixMatch of both networks, each with what the other believes. */
        private NDArray mixedLoss(int[] rows, SplittableRandom random, NDManager scratch) {
            return mixedLoss(0, random, scratch).add(mixedLoss(1, random, scratch));
        }

        private NDArray mixedLoss(int learner, SplittableRandom random, NDManager scratch) {
            double[] w = believed[1 - learner];
            int batch = config.batchSize();
            int[] clean = IntStream.range(0, labels.length).filter(i -> w[i] > BELIEVED).toArray();
            int[] doubted = IntStream.range(0, labels.length).filter(i -> w[i] <= BELIEVED).toArray();
            int[] x = DeepTraining.draw(clean, batch, random);
            int[] u = doubted.length == 0 ? new int[0] : DeepTraining.draw(doubted, batch, random);
            NDArray targets = repeat(refined(learner, x, w, random, scratch));
            NDList views = new NDList(view(x, random, scratch), view(x, random, scratch));
            if (u.length > 0) {
                targets = targets.concat(repeat(guessed(learner, u, random, scratch)));
                views.add(view(u, random, scratch));
                views.add(view(u, random, scratch));
            }
            int[] order = SeededRandom.permutation(2 * (x.length + u.length), random);
            double l = MixMatch.drawMix(random);
            NDArray mixed = MixMatch.mix(NDArrays.concat(views), l, order);
            NDArray wanted = MixMatch.mix(targets, l, order);
            NDArray logits = LinearHead.logits(networks.get(learner), training.forward(networks.get(learner), mixed));
            double weight = MixMatch.ramp(method.unlabeledWeight, epoch, warmUp, Math.max(1, RAMP * config.epochs()));
            return loss(logits, wanted, 2 * x.length, weight, prior);
        }

        private NDArray refined(int learner, int[] rows, double[] w, SplittableRandom random, NDManager scratch) {
            float[] trust = new float[rows.length];
            for (int i = 0; i < rows.length; i++) {
                trust[i] = (float) w[rows[i]];
            }
            NDList opinions = new NDList(
                    opinion(networks.get(learner), rows, random, scratch), opinion(networks.get(learner), rows, random, scratch));
            return MixMatch.refine(oneHot(rows, scratch), scratch.create(trust, new Shape(rows.length, 1)), opinions);
        }

        private NDArray guessed(int learner, int[] rows, SplittableRandom random, NDManager scratch) {
            NDList opinions = new NDList();
            for (int i = 0; i < 2; i++) {
                opinions.add(opinion(networks.get(learner), rows, random, scratch));
                opinions.add(opinion(networks.get(1 - learner), rows, random, scratch));
            }
            return MixMatch.guess(opinions);
        }

        /** What a network says of a weak view, (B, 2). */
        private NDArray opinion(Encoder network, int[] rows, SplittableRandom random, NDManager scratch) {
            NDArray views = WEAK.views(train, rows, random, scratch);
            return LinearHead.logits(network, network.forward(views, false)).stopGradient();
        }

        private NDArray view(int[] rows, SplittableRandom random, NDManager scratch) {
            return method.strong.views(train, rows, random, scratch);
        }

        private static NDArray repeat(NDArray rows) {
            return rows.concat(rows);
        }

        private NDArray oneHot(int[] rows, NDManager scratch) {
            return DivideMix.oneHot(Supervised.targets(rows, labels, scratch));
        }

        NormalityModel model() {
            EncoderModel second = EncoderModel.of(networks.get(1), training.manager().getDevice(), (encoder, manager) ->
                    output -> Supervised.margin(LinearHead.logits(encoder, output)));
            EncoderModel first = EncoderModel.of(networks.get(0), training.manager().getDevice(), (encoder, manager) ->
                    output -> Supervised.margin(LinearHead.logits(encoder, output)));
            return new SummedModel(first, second);
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
