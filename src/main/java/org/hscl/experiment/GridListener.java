package org.hscl.experiment;

/** Follows a grid. Called on the thread that runs it. */
@FunctionalInterface
public interface GridListener {

    /** When an experiment starts, and as its training goes on. */
    void onProgress(GridProgress progress);

    /** After each experiment, when its result is on the disk. */
    default void onResult(Result result) {}

    /** What the user should know, one sentence. */
    default void onMessage(String sentence) {}

    /** Follows nothing. */
    static GridListener silent() {
        return progress -> {};
    }
}
