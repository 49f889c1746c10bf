package org.hscl.train;

/** Follows a training. Called on the training's thread, between steps. */
@FunctionalInterface
public interface TrainingListener {

    /** After steps whose losses were read: each one on a CPU, every twentieth and each epoch's last on a GPU. */
    void onProgress(Progress progress);

    /** After each epoch. */
    default void onEpoch(History history) {}

    /** What the user should know: the device, a resumed checkpoint, a warning; one sentence. */
    default void onMessage(String sentence) {}

    /** Follows nothing. */
    static TrainingListener silent() {
        return progress -> {};
    }
}
