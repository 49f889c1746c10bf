package org.hscl.baseline;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.hscl.augment.Augmenter;
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
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingException;
import org.hscl.train.TrainingListener;

/**
 * The one training loop of the deep methods: HSCL's encoder, Adam, learning rate and number of steps, with another loss. Every
 * draw is a function of (seed, epoch, step), as in {@link org.hscl.train.Trainer}; nothing is saved on the way.
 */
final class DeepTraining implements AutoCloseable {

    private static final long STEP = 2;
    private static final long ANOTHER = 3;

    private final HsclConfig config;
    private final Label[] labels;
    private final NDManager manager;
    private final DeviceImages images;
    private final List<Encoder> encoders = new ArrayList<>();
    private final LossRecord record;
    private History history = History.empty();
    private Runnable afterStep = () -> {};
    private IntConsumer beforeEpoch = epoch -> {};
    private IntConsumer afterEpoch = epoch -> {};
    private long rowsTrained;

    /** An untrained encoder and the images on the device. */
    DeepTraining(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        if (config.warmStart() != null) {
            throw new IllegalArgumentException("warmStart is %s, but only HSCL starts from a detector's weights; leave it out for other methods"
                    .formatted(config.warmStart().folder()));
        }
        this.config = config;
        labels = split.labels();
        ComputeDevice device = ComputeDevice.choose(options.device());
        listener.onMessage("device: " + device.reason());
        manager = Torch.engine().newBaseManager(device.device());
        images = new DeviceImages(split.train(), manager);
        record = new LossRecord(config.epochs(), steps());
        add(config.seed());
    }

    private Encoder add(long seed) {
        Encoder encoder = Encoder.create(config.encoder(), seed, manager);
        encoder.weights().requireGradients();
        encoders.add(encoder);
        return encoder;
    }

    /** One more untrained network, which every step trains too, with an optimizer of its own. */
    Encoder another() {
        return add(SeededRandom.at(config.seed(), ANOTHER, encoders.size()).nextLong());
    }

    Encoder encoder() {
        return encoders.get(0);
    }

    /** Trains on rows: what the network makes of them in training mode. They are counted. */
    Encoder.Output forward(NDArray rows) {
        return forward(encoder(), rows);
    }

    /** The same by another network. */
    Encoder.Output forward(Encoder encoder, NDArray rows) {
        rowsTrained += rows.getShape().get(0);
        return encoder.forward(rows, true);
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

    /** The same with running statistics in place of the batch's. */
    Encoder.Output forwardFrozen(NDArray rows) {
        rowsTrained += rows.getShape().get(0);
        return encoder().forwardFrozen(rows);
    }

    /** Counts rows that were trained elsewhere. */
    void count(long rows) {
        rowsTrained += rows;
    }

    /** What is done before each epoch, given its number from 0. */
    void beforeEpoch(IntConsumer action) {
        beforeEpoch = action;
    }

    /** What is done after each epoch. */
    void afterEpoch(IntConsumer action) {
        afterEpoch = action;
    }

    /** Steps of an epoch, as many as HSCL takes on the same split. */
    int steps() {
        return (labels.length + config.batchSize() - 1) / config.batchSize();
    }

    /** Rows of images that have been trained on, in words: so many, and how many times as many as HSCL's. */
    String rowsTrained() {
        double ofHscl = (double) config.epochs() * steps() * config.batchSize() * Augmenter.ROWS_PER_IMAGE;
        return String.format(Locale.ROOT, "rows trained: %,d (%.2f × HSCL)", rowsTrained, rowsTrained / ofHscl);
    }

    /**
     * Trains for as many steps as HSCL takes on the same split.
     *
     * @param pool training images that batches are drawn from, in shuffled order, again and again
     * @param batch images a step
     */
    void run(int[] pool, int batch, TrainingPhase.Objective objective, TrainingListener listener) {
        run(TrainingPhase.cosine(config, 0, config.epochs()), pool, batch, objective, listener);
        listener.onMessage(rowsTrained());
    }

    /** Trains for the epochs of a phase, with optimizers of its own. */
    void run(TrainingPhase phase, int[] pool, int batch, TrainingPhase.Objective objective, TrainingListener listener) {
        int steps = steps();
        List<Adam> optimizers = encoders.stream()
                .map(encoder -> new Adam(encoder.weights(), config.optimizer().weightDecay()))
                .toList();
        try {
            for (int epoch = phase.first(); epoch < phase.first() + phase.epochs(); epoch++) {
                beforeEpoch.accept(epoch);
                for (int step = 0; step < steps; step++) {
                    Interruption.check("training");
                    double rate = phase.rate().of(epoch - phase.first(), step, steps);
                    record.add(step(RowDraws.batch(pool, batch, epoch * steps + step, config.seed()), objective, epoch, step), rate, batch);
                    optimizers.forEach(adam -> adam.step(rate));
                    afterStep.run();
                    listener.onProgress(record.progress(epoch, step));
                }
                history = history.plus(record.finishEpoch(epoch));
                listener.onEpoch(history);
                afterEpoch.accept(epoch);
            }
        } finally {
            optimizers.forEach(Adam::close);
        }
    }

    /** The loss of one step; leaves gradients at the weights. */
    private float step(int[] rows, TrainingPhase.Objective objective, int epoch, int step) {
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

    /**
     * The trained model, which outlives this training.
     *
     * @param scorer makes the score, (N), from the folded encoder and the manager that owns what the model keeps
     */
    EncoderModel model(BiFunction<Encoder, NDManager, Function<Encoder.Output, NDArray>> scorer) {
        return EncoderModel.of(encoder(), manager.getDevice(), scorer);
    }

    @Override
    public void close() {
        encoders.forEach(Encoder::close);
        images.close();
        manager.close();
    }
}
