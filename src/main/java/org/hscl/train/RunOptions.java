package org.hscl.train;

import java.util.Optional;

/**
 * How a training runs, without effect on what it learns.
 *
 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu(i)}
 * @param checkpoints where the state is saved, or empty
 */
public record RunOptions(String device, Optional<CheckpointConfig> checkpoints) {

    /** The first GPU or else the CPU; no checkpoints. */
    public static RunOptions defaults() {
        return new RunOptions("auto", Optional.empty());
    }

    /** Another device. */
    public RunOptions withDevice(String request) {
        return new RunOptions(request, checkpoints);
    }

    /** Saves the state to a folder and resumes from it. */
    public RunOptions withCheckpoints(CheckpointConfig config) {
        return new RunOptions(device, Optional.of(config));
    }
}
