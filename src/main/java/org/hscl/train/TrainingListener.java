package org.hscl.train;

import java.util.List;

/** Follows a training. Called on the training's thread, between steps. */
@FunctionalInterface
public interface TrainingListener {

    /** After steps whose losses were read: each one on a CPU, every twentieth and each epoch's last on a GPU. */
    void onProgress(Progress progress);

    /** After each epoch, and at the start of a resumed training, of which all epochs may be done. */
    default void onEpoch(History history) {}

    /** What the user should know: the device, a resumed checkpoint, a warning; one sentence. */
    default void onMessage(String sentence) {}

    /** Several listeners as one, told in this order. */
    static TrainingListener all(TrainingListener... listeners) {
        List<TrainingListener> each = List.of(listeners);
        return new TrainingListener() {
            @Override
            public void onProgress(Progress progress) {
                each.forEach(listener -> listener.onProgress(progress));
            }

            @Override
            public void onEpoch(History history) {
                each.forEach(listener -> listener.onEpoch(history));
            }

            @Override
            public void onMessage(String sentence) {
                each.forEach(listener -> listener.onMessage(sentence));
            }
        };
    }

    /** Follows nothing. */
    static TrainingListener silent() {
        return progress -> {};
    }
}
