package org.hscl.engine;

import ai.djl.engine.Engine;

/** Starts the PyTorch engine once a process, offline and without telemetry. */
public final class Torch {

    private static final String THREADS = "ai.djl.pytorch.num_threads";

    private Torch() {}

    /**
     * The PyTorch engine of this process.
     *
     * @return the engine, started at the first call
     */
    public static Engine engine() {
        // Without these, DJL makes a network call when its first class loads.
        System.setProperty("offline", System.getProperty("offline", "true"));
        System.setProperty("OPT_OUT_TRACKING", System.getProperty("OPT_OUT_TRACKING", "true"));
        return Engine.getEngine("PyTorch");
    }

    /**
     * Fixes the number of CPU threads that one operation may use; PyTorch reads it once, so call it before the first
     * {@link #engine()}.
     *
     * @param threads at least 1
     */
    public static void useThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + "; give at least 1");
        }
        System.setProperty(THREADS, Integer.toString(threads));
    }
}
