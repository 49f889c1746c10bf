package org.hscl.kernel;

import java.lang.reflect.Method;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import jdk.jshell.execution.DirectExecutionControl;
import org.jspecify.annotations.Nullable;

/**
 * Runs the snippets in the kernel's own process, where native libraries and variables outlive every cell.
 *
 * <p>Each snippet has a thread of its own, so that an interrupt reaches the user's code and never the kernel.
 */
final class CellExecution extends DirectExecutionControl {
    private volatile @Nullable Thread thread;
    private volatile @Nullable FutureTask<@Nullable Object> task;
    private volatile @Nullable Object value;

    /** The value of the snippet that ran last: JShell itself hands out only its text. */
    @Nullable Object value() {
        return value;
    }

    /** Interrupts the running snippet, if any, and waits for it; true when it ended within {@code millis}. */
    boolean interrupt(long millis) throws InterruptedException {
        Thread running = thread;
        if (running == null) {
            return true;
        }
        running.interrupt();
        running.join(millis);
        return !running.isAlive();
    }

    /** Leaves a snippet behind that ignores interruption: its thread runs on, the kernel is free again. */
    @Override
    public void stop() {
        FutureTask<@Nullable Object> running = task;
        if (running != null) {
            running.cancel(true);
        }
    }

    @Override
    protected String invoke(Method snippet) throws Exception {
        FutureTask<@Nullable Object> started = new FutureTask<>(() -> snippet.invoke(null));
        Thread worker = new Thread(started, "cell");
        worker.setDaemon(true);
        task = started;
        thread = worker;
        value = null;
        worker.start();
        try {
            value = started.get();
            return "";
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (CancellationException e) {
            throw new StoppedException();
        } finally {
            thread = null;
            task = null;
        }
    }
}
