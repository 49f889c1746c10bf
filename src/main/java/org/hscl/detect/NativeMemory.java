package org.hscl.detect;

import ai.djl.ndarray.NDManager;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.function.Function;

/** The memory of a detector outside of Java: freed by {@link #close}, or once nobody holds the detector any more. */
final class NativeMemory {

    private static final Cleaner CLEANER = Cleaner.create();

    private final NDManager manager;
    private final Cleaner.Cleanable cleanable;

    /** Takes a manager over. */
    NativeMemory(NDManager manager) {
        this.manager = manager;
        cleanable = CLEANER.register(this, manager::close);
    }

    /**
     * Works with it, during which it is not freed even if nobody else holds it.
     *
     * @throws IllegalStateException if it was freed
     */
    <T> T during(Function<NDManager, T> work) {
        if (!manager.isOpen()) {
            throw new IllegalStateException("this detector was closed; run the training cell again, or load the detector");
        }
        try {
            return work.apply(manager);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Frees it, if that was not done yet. */
    void close() {
        cleanable.clean();
    }
}
