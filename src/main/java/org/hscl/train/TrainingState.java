package org.hscl.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hscl.data.Json;
import org.hscl.loss.HsclLoss;
import org.hscl.model.Encoder;
import org.hscl.train.CheckpointStore.Checkpoint;

/** All that a training changes as it goes: weights, moments, and where it stands. */
final class TrainingState implements AutoCloseable {

    final Encoder encoder;
    final Adam optimizer;
    final HsclLoss loss;
    final List<float[]> epochLosses = new ArrayList<>();
    History history = History.empty();
    int epoch;
    int step;

    private final HsclConfig config;
    private final String data;

    TrainingState(HsclConfig config, String data, NDManager manager) {
        this.config = config;
        this.data = data;
        loss = new HsclLoss(config.loss());
        encoder = Encoder.create(config.encoder(), config.seed(), manager);
        encoder.weights().requireGradients();
        optimizer = new Adam(encoder.weights(), config.optimizer().weightDecay());
    }

    /** Takes the weights that the training starts from, where it starts from a detector's; a checkpoint holds its own. */
    void warmUp(TrainingListener listener) {
        WarmStart start = config.warmStart();
        if (start != null) {
            start.load(encoder);
            listener.onMessage("the weights of %s are where the training starts".formatted(start.folder()));
        }
    }

    /** Saves all of it; returns where. */
    Path save(CheckpointStore store) throws IOException {
        NDList arrays = new NDList(encoder.weights().toList());
        arrays.addAll(optimizer.moments());
        return store.save(
                new Checkpoint(Checkpoint.VERSION, config, data, epoch, step, optimizer.steps(), epochLosses, history),
                arrays);
    }

    /**
     * Goes on from a checkpoint.
     *
     * @throws TrainingException if it belongs to another training
     */
    void restore(Checkpoint saved, Path checkpoint) throws IOException {
        checkSameTraining(saved, checkpoint);
        try (NDManager scratch = encoder.weights().manager().newSubManager();
                InputStream stream = Files.newInputStream(CheckpointStore.arrays(checkpoint))) {
            NDList arrays = NDList.decode(scratch, stream);
            encoder.weights().load(arrays);
            optimizer.restore(arrays, saved.optimizerSteps());
        }
        epoch = saved.epoch();
        step = saved.step();
        epochLosses.clear();
        epochLosses.addAll(saved.epochLosses());
        history = saved.history();
    }

    private void checkSameTraining(Checkpoint saved, Path checkpoint) {
        if (!saved.config().equals(config)) {
            throw new TrainingException("%s was saved with other settings: %s; use another folder, or the same settings"
                    .formatted(checkpoint, String.join(", ", Json.differences(saved.config(), config))));
        }
        if (!saved.data().equals(data)) {
            throw new TrainingException("%s was saved with other images or labels; use another folder, or the same split"
                    .formatted(checkpoint));
        }
    }

    @Override
    public void close() {
        optimizer.close();
        encoder.close();
    }
}
