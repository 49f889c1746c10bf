package org.hscl.experiment;

/** Follows a grid. Called on the thread that runs it. */
@FunctionalInterface
public interface GridListener {

    /** When an experiment starts, and as its training goes on. */
    void onProgress(GridProgress progress);

    /** After each experiment, when its result is on the disk. */
    default void onResult(Result result) {}

    /** When no more experiments follow: all are done or left out, or the grid was stopped. */
    default void onEnd() {}

    /** Follows nothing. */
    static GridListener silent() {
        return progress -> {};
    }
}
