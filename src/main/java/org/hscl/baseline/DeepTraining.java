package org.hscl.baseline;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Interruption;
import org.hscl.engine.SeededRandom;
import org.hscl.engine.Torch;
import org.hscl.model.DeviceImages;
import org.hscl.model.Encoder;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.Adam;
import org.hscl.train.History;
import org.hscl.train.HsclConfig;
import org.hscl.train.LearningRate;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingException;
import org.hscl.train.TrainingListener;

/**
 * The one training loop of the deep methods: HSCL's encoder, Adam, learning rate and number of steps, with another loss. Every
 * draw is a function of (seed, epoch, step), as in {@link org.hscl.train.Trainer}; nothing is saved on the way.
 */
final class DeepTraining implements AutoCloseable {

    private static final long SHUFFLE = 1;
    private static final long STEP = 2;

    /** What a method minimizes. */
    @FunctionalInterface
    interface Objective {
        /**
         * The loss of one batch.
         *
         * @param rows training images of this batch, (B)
         * @param random this step's randomness
         * @param scratch owns all that the step makes
         * @return a scalar
         */
        NDArray loss(int[] rows, SplittableRandom random, NDManager scratch);
    }

    private final HsclConfig config;
    private final Label[] labels;
    private final NDManager manager;
    private final DeviceImages images;
    private final Encoder encoder;
    private Runnable afterStep = () -> {};

    /** An untrained encoder and the images on the device. */
    DeepTraining(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        this.config = config;
        labels = split.labels();
        ComputeDevice device = ComputeDevice.choose(options.device());
        listener.onMessage("device: " + device.reason());
        manager = Torch.engine().newBaseManager(device.device());
        images = new DeviceImages(split.train(), manager);
        encoder = Encoder.create(config.encoder(), config.seed(), manager);
        encoder.weights().requireGradients();
    }

    Encoder encoder() {
        return encoder;
    }

    NDManager manager() {
        return manager;
    }

    /** Clean training images, (B, 3, S, S) in [0, 1]. */
    NDArray images(int[] rows, NDManager scratch) {
        return images.batch(rows, scratch);
    }

    /** The training images with one of some labels. */
    int[] rows(Label... wanted) {
        List<Label> list = List.of(wanted);
        return IntStream.range(0, labels.length).filter(i -> list.contains(labels[i])).toArray();
    }

    /** What is done to the weights after every step. */
    void afterStep(Runnable action) {
        afterStep = action;
    }

    /**
     * Trains for as many steps as HSCL takes on the same split.
     *
     * @param pool training images that batches are drawn from, in shuffled order, again and again
     * @param batch images a step
     */
    void run(int[] pool, int batch, Objective objective, TrainingListener listener) {
        int steps = (labels.length + config.batchSize() - 1) / config.batchSize();
        LearningRate rate = new LearningRate(config.optimizer(), config.epochs());
        LossRecord record = new LossRecord(config.epochs(), steps, batch);
        History history = History.empty();
        try (Adam adam = new Adam(encoder.weights(), config.optimizer().weightDecay())) {
            for (int epoch = 0; epoch < config.epochs(); epoch++) {
                for (int step = 0; step < steps; step++) {
                    Interruption.check("training");
                    double now = rate.ofStep(epoch, step, steps);
                    record.add(step(batchOf(pool, batch, epoch * steps + step), objective, epoch, step), now);
                    adam.step(now);
                    afterStep.run();
                    listener.onProgress(record.progress(epoch, step));
                }
                history = history.plus(record.finishEpoch(epoch));
                listener.onEpoch(history);
            }
        }
    }

    /** The loss of one step; leaves gradients at the weights. */
    private float step(int[] rows, Objective objective, int epoch, int step) {
        float value;
        try (NDManager scratch = manager.newSubManager();
                GradientCollector gradients = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray loss = objective.loss(rows, SeededRandom.at(config.seed(), STEP, epoch, step), scratch);
            gradients.backward(loss);
            value = loss.getFloat();
        }
        if (!Float.isFinite(value)) {
            throw new TrainingException("the loss is %s at epoch %d, step %d; lower the learning rate"
                    .formatted(value, epoch + 1, step + 1));
        }
        return value;
    }

    /** Batch number t of an endless sequence of shuffled passes over the pool. */
    private int[] batchOf(int[] pool, int batch, int t) {
        int[] rows = new int[batch];
        int[] order = {};
        for (int i = 0; i < batch; i++) {
            long position = (long) t * batch + i;
            int place = (int) (position % pool.length);
            if (i == 0 || place == 0) {
                order = SeededRandom.permutation(
                        pool.length, SeededRandom.at(config.seed(), SHUFFLE, position / pool.length));
            }
            rows[i] = pool[order[place]];
        }
        return rows;
    }

    /**
     * The trained model, which outlives this training.
     *
     * @param scorer makes the score, (N), from the folded encoder and the manager that owns what the model keeps
     */
    EncoderModel model(BiFunction<Encoder, NDManager, Function<Encoder.Output, NDArray>> scorer) {
        return EncoderModel.of(encoder, manager.getDevice(), scorer);
    }

    /** Draws rows with replacement. */
    static int[] draw(int[] rows, int count, SplittableRandom random) {
        return IntStream.range(0, count).map(i -> rows[random.nextInt(rows.length)]).toArray();
    }

    /** Fails where a method lacks the labels that it learns from. */
    static void require(int[] rows, String what, Split split) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("%s has no %s, which this method learns from; raise its ratio"
                    .formatted(split.name(), what));
        }
    }

    @Override
    public void close() {
        encoder.close();
        images.close();
        manager.close();
    }
}
