package org.hscl.train;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.hscl.augment.Augmenter;
import org.hscl.data.ImageSet;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Interruption;
import org.hscl.engine.Numbers;
import org.hscl.engine.Parcel;
import org.hscl.engine.Torch;
import org.hscl.loss.NotFiniteException;
import org.hscl.model.Encoder;
import org.hscl.scenario.Label;
import org.hscl.train.EpochPlan.StepPlan;
import org.hscl.train.Progress.Pace;
import org.jspecify.annotations.Nullable;

/**
 * Trains HSCL end to end. The images stay on the device; every draw is a function of (seed, epoch, step), so a run that was
 * stopped and resumed ends with the same weights, bit by bit on a CPU, as one that was not. On a GPU, sums that cuDNN and
 * atomics order freely differ in the last digits from run to run.
 */
public final class Trainer implements AutoCloseable {

    /** Steps a report: reports cost nothing on a CPU; on a GPU they make the host wait. */
    private static final int REPORT_ON_GPU = 20;

    private final HsclConfig config;
    private final ComputeDevice device;
    private final NDManager manager;
    private final EpochImages source;
    private TrainingData data;
    private final String fingerprint;
    private final TrainingState state;
    private final Checkpointing checkpoints;
    private final TrainingStep stepper;
    private int reportEvery;

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
        this(new EpochImages.Fixed(new EpochImages.Drawn(images, labels)), config, device, checkpoints, listener);
    }

    /**
     * Prepares a training whose images are drawn anew for each epoch.
     *
     * @param source draws them, of the encoder's input size; those of epoch 0 tell a checkpoint's training from others
     */
    public Trainer(
            EpochImages source,
            HsclConfig config,
            ComputeDevice device,
            Optional<CheckpointConfig> checkpoints,
            TrainingListener listener) {
        this.config = config;
        this.device = device;
        this.source = source;
        reportEvery = device.device().isGpu() ? REPORT_ON_GPU : 1;
        manager = Torch.engine().newBaseManager(device.device());
        try {
            data = loaded(0);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
        fingerprint = data.fingerprint();
        state = new TrainingState(config, fingerprint, manager);
        this.checkpoints = new Checkpointing(checkpoints, state);
        stepper = new TrainingStep(
                state.encoder, state.optimizer, new Augmenter(config.augment()), state.loss);
        listener.onMessage("device: %s; precision: %s".formatted(device.reason(), config.encoder().precision().label()));
        try {
            new LearningRate(config.optimizer(), config.epochs()).check(stepsPerEpoch(), listener);
            if (!this.checkpoints.resume(listener)) {
                state.warmUp(listener);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private TrainingData loaded(int epoch) {
        EpochImages.Drawn drawn = source.draw(epoch);
        return new TrainingData(drawn.images(), drawn.labels(), config.encoder(), manager);
    }

    private void turnTo(int epoch) {
        if (epoch > 0 && !(source instanceof EpochImages.Fixed)) {
            data.close();
            data = loaded(epoch);
        }
    }

    /**
     * Trains to the last epoch.
     *
     * @param listener follows the training
     * @return the course, one entry an epoch
     * @throws CancellationException if the thread is interrupted; a checkpoint was saved where a folder is given
     * @throws TrainingException if a loss is no longer finite, or the memory is too small for a batch
     */
    public History train(TrainingListener listener) {
        Pace pace = new Pace(state, config.epochs(), stepsPerEpoch());
        if (state.epoch > 0) { // what was done before a resumption, which may be all
            listener.onEpoch(state.history);
        }
        while (state.epoch < config.epochs()) {
            turnTo(state.epoch);
            try (Readout readout = new Readout(manager, state)) {
                epoch(EpochPlan.of(config, data, stepper, state.epoch), readout, pace, listener);
            }
            finishEpoch(pace, listener);
        }
        return state.history;
    }

    /** Steps are planned and sent as many at a time as their losses are read, so that a GPU's host waits only then. */
    private void epoch(EpochPlan plan, Readout readout, Pace pace, TrainingListener listener) {
        while (state.step < stepsPerEpoch()) {
            int end = Math.min(state.step + reportEvery, stepsPerEpoch());
            List<StepPlan> steps = plan.steps(state.step, end);
            try (NDManager stretch = manager.newSubManager()) {
                List<Numbers> sent = Parcel.send(steps.stream().map(StepPlan::parcel).toList(), stretch);
                for (int i = 0; i < steps.size(); i++) {
                    checkInterruption(readout, listener);
                    take(steps.get(i), sent.get(i), readout);
                    pace.add(steps.get(i).images().length);
                }
            }
            read(readout);
            listener.onProgress(pace.progress(learningRate(state.step - 1)));
        }
    }

    private void take(StepPlan plan, Numbers sent, Readout readout) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray images = data.images(sent.takeRows(StepPlan.IMAGES, scratch, plan.images().length), scratch);
            readout.add(stepper.take(images, plan, sent, learningRate(state.step), TrainingStep.Clock.SILENT));
        } catch (NotFiniteException e) {
            throw notFinite(e.getMessage(), state.step, e);
        } catch (EngineException e) {
            throw TrainingException.ofStep(e, config, device);
        }
        state.step++;
    }

    private void finishEpoch(Pace pace, TrainingListener listener) {
        double rate = learningRate(stepsPerEpoch() - 1);
        state.history = state.history.plus(
                History.Epoch.of(state.epoch + 1, rate, state.loss.names(), state.epochLosses, pace.imagesPerSecond()));
        checkWeights();
        state.epochLosses.clear();
        state.step = 0;
        state.epoch++;
        if (checkpoints.isDue() || state.epoch == config.epochs()) {
            checkpoints.save(listener);
        }
        listener.onEpoch(state.history);
    }

    private void checkInterruption(Readout readout, TrainingListener listener) {
        try {
            Interruption.check("training");
        } catch (CancellationException e) {
            read(readout);
            checkWeights();
            checkpoints.save(listener).ifPresent(path -> listener.onMessage(
                    "saved %s; the same call with this folder goes on from there".formatted(path)));
            throw e;
        }
    }

    private void read(Readout readout) {
        readout.read().ifPresent(bad -> {
            throw notFinite("the " + bad.term() + " loss is " + bad.value(), bad.step(), null);
        });
    }

    /** A finite loss may have an infinite gradient, and then no checkpoint must be made of what it left. */
    private void checkWeights() {
        if (!state.encoder.weights().areFinite()) {
            throw notFinite("the weights are no longer finite", state.step - 1, null);
        }
    }

    private TrainingException notFinite(String what, int step, @Nullable Throwable cause) {
        return new TrainingException(
                "%s at epoch %d, step %d; lower the learning rate or raise the temperature (last good checkpoint: %s)"
                        .formatted(what, state.epoch + 1, step + 1, checkpoints.newest()),
                cause);
    }

    private double learningRate(int step) {
        return new LearningRate(config.optimizer(), config.epochs()).ofStep(state.epoch, step, stepsPerEpoch());
    }

    /** Steps of one epoch; the last one may have fewer images. */
    public int stepsPerEpoch() {
        return (data.count() + config.batchSize() - 1) / config.batchSize();
    }

    /** Reports after so many steps, and at the end of an epoch. */
    void reportEvery(int steps) {
        reportEvery = steps;
    }

    /** The encoder as it stands; it lives as long as this trainer. */
    public Encoder encoder() {
        return state.encoder;
    }

    /** The settings it trains with. */
    public HsclConfig config() {
        return config;
    }

    /** SHA-256 of the training images and labels, in hexadecimal. */
    public String dataSha256() {
        return fingerprint;
    }

    /** Steps taken so far, those before a resumption included. */
    public long steps() {
        return state.optimizer.steps();
    }

    @Override
    public void close() {
        state.close();
        data.close();
        manager.close();
        checkpoints.close();
    }
}
