package org.hscl.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hscl.data.DataException;
import org.hscl.data.FolderLock;
import org.hscl.train.CheckpointStore.Checkpoint;

/** When a training saves and resumes its state, and what it says about it. */
final class Checkpointing implements AutoCloseable {

    private final Optional<CheckpointConfig> config;
    private final TrainingState state;
    private Optional<FolderLock> lock = Optional.empty();

    Checkpointing(Optional<CheckpointConfig> config, TrainingState state) {
        this.config = config;
        this.state = state;
    }

    private static CheckpointStore store(CheckpointConfig config) {
        return new CheckpointStore(config.folder(), config.keepLast());
    }

    /**
     * Goes on from the newest whole checkpoint.
     *
     * @return whether there was one
     * @throws TrainingException if the checkpoints belong to another training, or are not to be resumed
     */
    boolean resume(TrainingListener listener) {
        return config.map(wanted -> {
            try {
                lock = Optional.of(FolderLock.of(wanted.folder()));
                store(wanted).tidy();
                return resume(wanted, listener);
            } catch (IOException e) {
                throw new TrainingException("the checkpoints in %s cannot be used (%s); use another folder, or check its permissions"
                        .formatted(wanted.folder(), e.getMessage()), e);
            }
        }).orElse(false);
    }

    private boolean resume(CheckpointConfig wanted, TrainingListener listener) throws IOException {
        CheckpointStore store = store(wanted);
        List<Path> found = store.newestFirst();
        if (!wanted.resume() && !found.isEmpty()) {
            throw new TrainingException("%s holds checkpoints of an earlier training; resume it, or use another folder"
                    .formatted(store.folder()));
        }
        for (Path checkpoint : found) {
            try {
                Checkpoint saved = CheckpointStore.read(checkpoint);
                state.restore(saved, checkpoint);
                listener.onMessage("resumed from %s: %d epochs and %d steps are done"
                        .formatted(checkpoint, state.epoch, state.step));
                return true;
            } catch (IOException | DataException e) {
                listener.onMessage("warning: skipped a damaged checkpoint and renamed it to %s: %s"
                        .formatted(store.setAside(checkpoint).getFileName(), e.getMessage()));
            }
        }
        listener.onMessage("no whole checkpoint in %s: training starts at the beginning".formatted(store.folder()));
        return false;
    }

    boolean isDue() {
        return config.isPresent() && state.epoch % config.get().everyEpochs() == 0;
    }

    /** A failed save is said, not fatal: what was saved before is whole, and the training in memory goes on. */
    Optional<Path> save(TrainingListener listener) {
        if (config.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(state.save(store(config.get())));
        } catch (IOException e) {
            listener.onMessage("warning: the checkpoint after %d epochs and %d steps could not be saved (%s); %s"
                    .formatted(state.epoch, state.step, e.getMessage(), "earlier ones are whole; free some disk space"));
            return Optional.empty();
        }
    }

    /** The newest checkpoint, for a message. */
    String newest() {
        if (config.isEmpty()) {
            return "none was kept";
        }
        try {
            return store(config.get()).newestFirst().stream().findFirst().map(Path::toString).orElse("none yet");
        } catch (IOException e) {
            return "unknown, " + e.getMessage();
        }
    }

    @Override
    public void close() {
        try {
            if (lock.isPresent()) {
                lock.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the lock of the checkpoints cannot be closed: " + e.getMessage(), e);
        }
    }
}
