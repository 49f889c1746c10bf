package org.hscl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.hscl.augment.Augmenter;
import org.hscl.data.ImageSet;
import org.hscl.data.SafeFiles;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Interruption;
import org.hscl.engine.SeededRandom;
import org.hscl.engine.Torch;
import org.hscl.loss.HsclLoss;
import org.hscl.loss.NotFiniteException;
import org.hscl.model.DeviceImages;
import org.hscl.model.Encoder;
import org.hscl.scenario.Label;
import org.jspecify.annotations.Nullable;

/**
 * Trains HSCL end to end. The images stay on the device; every draw is a function of (seed, epoch, step), so a run that was
 * stopped and resumed ends with the same weights, bit by bit on a CPU, as one that was not. On a GPU, sums that cuDNN and
 * atomics order freely differ in the last digits from run to run.
 */
public final class Trainer implements AutoCloseable {

    private static final long SHUFFLE = 1;
    private static final long STEP = 2;

    private final HsclConfig config;
    private final Label[] labels;
    private final ComputeDevice device;
    private final Optional<CheckpointStore> checkpoints;
    private final int checkpointEvery;
    private final NDManager manager;
    private final DeviceImages images;
    private final TrainingState state;
    private final TrainingStep stepper;

    /**
     * Prepares a training.
     *
     * @param images U ∪ L⁺ ∪ L⁻, (N), of the encoder's input size
     * @param labels what training may know of each image, (N)
     * @param config settings
     * @param device where to run
     * @param checkpoints where to save, or empty to keep nothing
     * @param listener is told the device and what was resumed
     * @throws IllegalArgumentException if there are no images, or of another size
     * @throws TrainingException if the folder's checkpoints belong to another training
     */
    public Trainer(
            ImageSet images,
            Label[] labels,
            HsclConfig config,
            ComputeDevice device,
            Optional<CheckpointConfig> checkpoints,
            TrainingListener listener) {
        check(images, labels, config);
        this.config = config;
        this.labels = labels.clone();
        this.device = device;
        this.checkpoints = checkpoints.map(CheckpointStore::new);
        checkpointEvery = checkpoints.map(CheckpointConfig::everyEpochs).orElse(1);
        manager = Torch.engine().newBaseManager(device.device());
        this.images = new DeviceImages(images, manager);
        state = new TrainingState(config, fingerprint(images, labels), manager);
        stepper = new TrainingStep(
                state.encoder, state.optimizer, new Augmenter(config.augment()), new HsclLoss(config.loss()));
        listener.onMessage("device: " + device.reason());
        if (checkpoints.filter(CheckpointConfig::resume).isPresent()) {
            resume(listener);
        }
    }

    private static void check(ImageSet images, Label[] labels, HsclConfig config) {
        if (images.count() == 0 || labels.length != images.count()) {
            throw new IllegalArgumentException(
                    "%s: %d images and %d labels; give at least one image, one label each"
                            .formatted(images.name(), images.count(), labels.length));
        }
        if (images.size() != config.encoder().inputSize()) {
            throw new IllegalArgumentException("%s has images of %d pixels, the encoder takes %d; set inputSize or resize"
                    .formatted(images.name(), images.size(), config.encoder().inputSize()));
        }
    }

    /** Images and labels, told apart from any others. */
    private static String fingerprint(ImageSet images, Label[] labels) {
        var digest = SafeFiles.sha256();
        digest.update(images.pixels());
        for (Label label : labels) {
            digest.update((byte) label.ordinal());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void resume(TrainingListener listener) {
        try {
            state.resume(checkpoints.orElseThrow()).forEach(listener::onMessage);
        } catch (IOException e) {
            throw new TrainingException("the checkpoints cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Trains to the last epoch.
     *
     * @param listener follows the training
     * @return the course, one entry an epoch
     * @throws CancellationException if the thread is interrupted; a checkpoint was saved where a folder is given
     * @throws TrainingException if a loss is no longer finite
     */
    public History train(TrainingListener listener) {
        Pace pace = new Pace(state, config.epochs(), stepsPerEpoch());
        while (state.epoch < config.epochs()) {
            int[] order = SeededRandom.permutation(labels.length, SeededRandom.at(config.seed(), SHUFFLE, state.epoch));
            try (Readout readout = new Readout(manager, state, device.device().isGpu())) {
                epoch(order, readout, pace, listener);
            }
            finishEpoch(pace, listener);
        }
        return state.history;
    }

    private void epoch(int[] order, Readout readout, Pace pace, TrainingListener listener) {
        while (state.step < stepsPerEpoch()) {
            checkInterruption(readout, listener);
            int start = state.step * config.batchSize();
            int[] batch = Arrays.copyOfRange(order, start, Math.min(start + config.batchSize(), order.length));
            double rate = learningRate(state.step);
            try (NDManager scratch = manager.newSubManager()) {
                readout.add(take(batch, rate, scratch));
            } catch (NotFiniteException e) {
                throw notFinite(e.getMessage(), state.step, e);
            }
            state.step++;
            pace.add(batch.length);
            if (readout.due() || state.step == stepsPerEpoch()) {
                readout.read().ifPresent(bad -> {
                    throw notFinite("the " + bad.term() + " loss is " + bad.value(), bad.step(), null);
                });
                listener.onProgress(pace.progress(rate));
            }
        }
    }

    private NDArray take(int[] batch, double rate, NDManager scratch) {
        Label[] known = Arrays.stream(batch).mapToObj(i -> labels[i]).toArray(Label[]::new);
        var random = SeededRandom.at(config.seed(), STEP, state.epoch, state.step);
        return stepper.take(images.batch(batch, scratch), known, random, rate);
    }

    private void finishEpoch(Pace pace, TrainingListener listener) {
        double rate = learningRate(stepsPerEpoch() - 1);
        state.history = state.history.plus(
                History.Epoch.of(state.epoch + 1, rate, state.epochLosses, pace.imagesPerSecond()));
        state.epochLosses.clear();
        state.step = 0;
        state.epoch++;
        if (state.epoch % checkpointEvery == 0 || state.epoch == config.epochs()) {
            save(listener);
        }
        listener.onEpoch(state.history);
    }

    private void checkInterruption(Readout readout, TrainingListener listener) {
        try {
            Interruption.check("training");
        } catch (CancellationException e) {
            readout.read();
            save(listener);
            throw e;
        }
    }

    /** A failed save is said, not fatal: what was saved before is whole, and the training in memory goes on. */
    private void save(TrainingListener listener) {
        if (checkpoints.isPresent()) {
            try {
                state.save(checkpoints.get());
            } catch (IOException e) {
                listener.onMessage("warning: the checkpoint after %d epochs and %d steps could not be saved (%s); %s"
                        .formatted(state.epoch, state.step, e, "earlier ones are whole; free some disk space"));
            }
        }
    }

    private TrainingException notFinite(String what, int step, @Nullable Throwable cause) {
        String last = checkpoints.map(this::newest).orElse("none was kept");
        return new TrainingException(
                "%s at epoch %d, step %d; lower the learning rate or raise the temperature (last good checkpoint: %s)"
                        .formatted(what, state.epoch + 1, step + 1, last),
                cause);
    }

    private String newest(CheckpointStore store) {
        try {
            return store.newestFirst().stream().findFirst().map(Object::toString).orElse("none yet");
        } catch (IOException e) {
            return "unknown, " + e.getMessage();
        }
    }

    private double learningRate(int step) {
        return new LearningRate(config.optimizer(), config.epochs()).ofStep(state.epoch, step, stepsPerEpoch());
    }

    /** Steps of one epoch; the last one may have fewer images. */
    public int stepsPerEpoch() {
        return (labels.length + config.batchSize() - 1) / config.batchSize();
    }

    /** The encoder as it stands; it lives as long as this trainer. */
    public Encoder encoder() {
        return state.encoder;
    }

    /** Steps taken so far, those before a resumption included. */
    public long steps() {
        return state.optimizer.steps();
    }

    @Override
    public void close() {
        state.close();
        images.close();
        manager.close();
    }
}
