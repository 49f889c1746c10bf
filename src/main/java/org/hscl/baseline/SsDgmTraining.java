package org.hscl.baseline;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hscl.data.ImageSet;
import org.hscl.detect.NormalityModel;
import org.hscl.engine.Interruption;
import org.hscl.engine.Scalar;
import org.hscl.engine.SeededRandom;
import org.hscl.eval.Encodings;
import org.hscl.model.DeviceImages;
import org.hscl.model.Weights;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.Adam;
import org.hscl.train.History;
import org.hscl.train.TrainingException;
import org.hscl.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/** One training of {@link SsDgm} under way; what is trained belongs to the manager, which outlives it. */
final class SsDgmTraining implements AutoCloseable {

    private static final long PURPOSE = 21;

    private static final double DECAY = 1e-6;

    private static final double RATE = 1e-3;

    private static final int BATCH = 128;

    private final Label[] labels;
    private final NDManager manager;
    private final DeviceImages images;
    private final long seed;
    private final boolean gray;
    private final int code;
    private final Perceptron m1;
    private final Perceptron m2;
    private @Nullable Adam optimizer;
    private long rows;

    SsDgmTraining(Split split, long seed, NDManager manager) {
        this.seed = seed;
        this.manager = manager;
        labels = split.labels();
        images = new DeviceImages(split.train(), manager);
        gray = SsDgm.isGray(split.train());
        int size = split.train().size();
        int input = size * size * (gray ? 1 : 3);
        int wide = gray ? 256 : 512;
        code = gray ? 64 : 128;
        SplittableRandom random = SeededRandom.at(seed, PURPOSE);
        m1 = new Perceptron(new Weights(manager));
        m1.addEncoder(new int[] {input, wide, wide / 2, code}, random);
        m1.addDecoder(new int[] {code, wide / 2, wide, input}, random);
        m2 = new Perceptron(new Weights(manager));
        m2.addEncoder(new int[] {code + Supervised.CLASSES, wide, wide / 2, code}, random);
        m2.addDecoder(new int[] {code + Supervised.CLASSES, wide / 2, wide, input}, random);
        m2.add("classifier.dense", code, wide, random);
        m2.add("classifier.logits", wide, Supervised.CLASSES, random);
    }

    void train(int first, int second, double alpha, TrainingListener listener) {
        int steps = (labels.length + BATCH - 1) / BATCH;
        LossRecord record = new LossRecord(first + second, steps);
        History history = History.empty();
        GenerativeLoss loss = new GenerativeLoss(m1, m2);
        boolean[] said = new boolean[1];
        for (int epoch = 0; epoch < first + second; epoch++) {
            if (epoch == 0 || epoch == first) {
                optimizer = start(epoch == 0 ? m1 : m2);
            }
            int[] order = SeededRandom.permutation(labels.length, SeededRandom.at(seed, PURPOSE, epoch));
            for (int step = 0; step < steps; step++) {
                Interruption.check("training");
                int[] batch = Arrays.copyOfRange(order, step * BATCH, Math.min(labels.length, (step + 1) * BATCH));
                SplittableRandom random = SeededRandom.at(seed, PURPOSE, epoch, step);
                float value = epoch < first
                        ? step(scratch -> ofM1(batch, random, scratch), epoch, step)
                        : step(scratch -> ofM2(loss, batch, alpha, random, scratch, said, listener), epoch, step);
                rows += batch.length;
                record.add(value, RATE, batch.length);
                listener.onProgress(record.progress(epoch, step));
            }
            history = history.plus(record.finishEpoch(epoch));
            listener.onEpoch(history);
        }
        listener.onMessage("rows trained: %,d (of a perceptron on pixels, not of the encoder)".formatted(rows));
    }

    private Adam start(Perceptron network) {
        network.weights().requireGradients();
        if (optimizer != null) {
            optimizer.close();
        }
        return new Adam(network.weights(), DECAY);
    }

    private float step(Function<NDManager, NDArray> objective, int epoch, int step) {
        float value;
        try (NDManager scratch = manager.newSubManager();
                GradientCollector gradients = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray loss = objective.apply(scratch);
            gradients.backward(loss);
            value = loss.getFloat();
        }
        if (!Float.isFinite(value)) {
            throw new TrainingException("the loss of SS-DGM is %s at epoch %d, step %d; try another seed"
                    .formatted(value, epoch + 1, step + 1));
        }
        Objects.requireNonNull(optimizer).step(RATE);
        return value;
    }

    private NDArray ofM1(int[] batch, SplittableRandom random, NDManager scratch) {
        NDArray x = pixels(batch, scratch);
        return GenerativeLoss.ofM1(m1, x, Perceptron.noise(batch.length, code, random, scratch));
    }

    private NDArray ofM2(GenerativeLoss loss, int[] batch, double alpha, SplittableRandom random, NDManager scratch,
            boolean[] said, TrainingListener listener) {
        int[] known = Arrays.stream(batch).filter(i -> labels[i] != Label.UNLABELED).toArray();
        int[] unknown = Arrays.stream(batch).filter(i -> labels[i] == Label.UNLABELED).toArray();
        NDArray sum = zero(scratch);
        if (known.length > 1) { // as in the released code: one labeled image counts as none
            sum = sum.add(loss.labeled(pixels(known, scratch), DivideMix.oneHot(Supervised.targets(known, labels, scratch)),
                    Perceptron.noise(known.length, code, random, scratch),
                    Perceptron.noise(known.length, code, random, scratch), alpha));
        }
        if (unknown.length > 0) {
            return sum.add(loss.unlabeled(pixels(unknown, scratch),
                    Perceptron.noise(2 * unknown.length, code, random, scratch),
                    Perceptron.noise(2 * unknown.length, code, random, scratch)));
        }
        if (!said[0]) {
            said[0] = true;
            listener.onMessage("a batch has no unlabeled images, so its unlabeled bound is left out");
        }
        return sum;
    }

    /** 0 within the gradient's reach of every weight, for a batch that teaches nothing. */
    private NDArray zero(NDManager scratch) {
        NDArray sum = scratch.zeros(new Shape());
        for (String name : m2.weights().names()) {
            sum = sum.add(localSum(m2.weights().get(name), scratch));
        }
        return sum;
    }

    private static NDArray localSum(NDArray weight, NDManager scratch) {
        NDArray sum = weight.sum();
        sum.attach(scratch); // or it would stay beside the weights
        return Scalar.times(sum, 0);
    }

    private NDArray pixels(int[] rows, NDManager scratch) {
        return SsDgm.flat(images.batch(rows, scratch), gray);
    }

    NormalityModel model() {
        GenerativeLoss trained = new GenerativeLoss(m1, m2);
        Stream.of(m1, m2).forEach(network -> network.weights().names()
                .forEach(name -> network.weights().get(name).setRequiresGradient(false)));
        boolean one = gray;
        NDManager owner = manager;
        return new NormalityModel() {
            @Override
            public double[] score(ImageSet set) {
                return Encodings.scores(set, owner, batch -> Supervised.margin(trained.logits(SsDgm.flat(batch, one))));
            }

            @Override
            public void close() {
                owner.close();
            }
        };
    }

    @Override
    public void close() {
        images.close();
        if (optimizer != null) {
            optimizer.close();
        }
    }
}
