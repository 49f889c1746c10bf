package org.hscl.train;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where and how often a training saves its state.
 *
 * @param folder holds one folder a checkpoint
 * @param everyEpochs epochs between two checkpoints, at least 1
 * @param keepLast how many are kept, at least 1
 * @param resume whether to go on from the newest whole checkpoint in the folder
 */
public record CheckpointConfig(Path folder, int everyEpochs, int keepLast, boolean resume) {

    /** Checks the ranges. */
    public CheckpointConfig {
        if (everyEpochs < 1 || keepLast < 1) {
            throw new IllegalArgumentException(
                    "everyEpochs is %d, keepLast %d; give at least 1 each".formatted(everyEpochs, keepLast));
        }
    }

    /** A checkpoint after each epoch, the last three kept, resuming where one is found. */
    public static CheckpointConfig to(Path folder) {
        return new CheckpointConfig(folder, 1, 3, true);
    }

    /** Another interval, in epochs. */
    public CheckpointConfig withEveryEpochs(int epochs) {
        return new CheckpointConfig(folder, epochs, keepLast, resume);
    }

    /** Another number of checkpoints kept. */
    public CheckpointConfig withKeepLast(int count) {
        return new CheckpointConfig(folder, everyEpochs, count, resume);
    }

    /** Whether to go on from what the folder holds; if not, a folder with checkpoints in it is refused. */
    public CheckpointConfig withResume(boolean on) {
        return new CheckpointConfig(folder, everyEpochs, keepLast, on);
    }

    /**
     * Deletes the folder's checkpoints, and the folder if it holds nothing else.
     *
     * @throws IOException if they cannot be deleted
     */
    public void deleteAll() throws IOException {
        new CheckpointStore(folder, keepLast).deleteAll();
    }
}
