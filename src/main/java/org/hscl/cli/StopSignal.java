package org.hscl.cli;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Ctrl-C and SIGTERM stop work at its next step, and the process waits until it has saved its state. */
final class StopSignal {

    private StopSignal() {}

    /** Does work on this thread, which a signal interrupts. */
    static <T> T during(Supplier<T> work) {
        Thread worker = Thread.currentThread();
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            worker.interrupt();
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // whoever interrupts an exit wants it at once
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.get();
        } finally {
            stopped.countDown();
            remove(hook);
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            // The hook is what is running.
        }
    }
}
