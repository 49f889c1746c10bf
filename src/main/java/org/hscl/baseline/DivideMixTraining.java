package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hscl.data.ImageSet;
import org.hscl.detect.NormalityModel;
import org.hscl.engine.SeededRandom;
import org.hscl.eval.Encodings;
import org.hscl.model.Encoder;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.LearningRate;
import org.hscl.train.TrainingListener;

/** One training of {@link DivideMix} under way. */
final class DivideMixTraining {

    private static final long NOISE = 5;

    /** λ_u rises in 16 of 300 epochs. */
    private static final double RAMP = 16.0 / 300;

    private static final double BELIEVED = 0.5;

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

    DivideMixTraining(DivideMix method, Split split, HsclConfig config, DeepTraining training) {
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
        prior = method.uniform() ? new double[] {0.5, 0.5} : new double[] {1 - abnormal, abnormal};
        warmUp = Math.max(1, config.epochs() / 5);
    }

    void train(TrainingListener listener) {
        var schedule = new LearningRate(config.optimizer(), config.epochs());
        int batch = config.batchSize();
        int first = Math.min(warmUp, config.epochs());
        int[] all = training.rows(Label.values());
        training.run(new TrainingPhase(0, first, schedule::ofStep), all, 2 * batch, this::warmUpLoss, listener);
        training.beforeEpoch(this::divide);
        training.run(
                new TrainingPhase(first, config.epochs() - first,
                        (e, step, steps) -> schedule.ofStep(first + e, step, steps)),
                all, batch, this::mixedLoss, listener);
        listener.onMessage(training.rowsTrained());
    }

    /** Cross-entropy with the given labels, less confidence than that would give. */
    private NDArray warmUpLoss(int[] rows, SplittableRandom random, NDManager scratch) {
        NDArray targets = oneHot(rows, scratch);
        NDArray sum = null;
        for (Encoder network : networks) {
            NDArray views = DivideMix.WEAK.views(train, rows, random, scratch);
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
        int[] x = RowDraws.draw(clean, batch, random);
        int[] u = doubted.length == 0 ? new int[0] : RowDraws.draw(doubted, batch, random);
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
        double weight = MixMatch.ramp(method.unlabeledWeight(), epoch, warmUp, Math.max(1, RAMP * config.epochs()));
        return DivideMix.loss(logits, wanted, 2 * x.length, weight, prior);
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
        NDArray views = DivideMix.WEAK.views(train, rows, random, scratch);
        return LinearHead.logits(network, network.forward(views, false)).stopGradient();
    }

    private NDArray view(int[] rows, SplittableRandom random, NDManager scratch) {
        return method.strong().views(train, rows, random, scratch);
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
