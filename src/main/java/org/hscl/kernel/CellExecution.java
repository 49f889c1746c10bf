package org.hscl.kernel;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private final List<Thread> leftBehind = new CopyOnWriteArrayList<>();
    private @Nullable Thread thread;
    private @Nullable FutureTask<@Nullable Object> task;
    private volatile @Nullable Object value;
    private volatile boolean interrupted;

    /** The value of the snippet that ran last: JShell itself hands out only its text. */
    @Nullable Object value() {
        return value;
    }

    /** Forgets an earlier interrupt: a new cell begins. */
    void begin() {
        interrupted = false;
    }

    /** Whether the cell was interrupted, so that no further snippet of it may run. */
    boolean interrupted() {
        return interrupted;
    }

    /** Interrupts the cell and waits for its running snippet, if any; true when that ended within {@code millis}. */
    boolean interrupt(long millis) throws InterruptedException {
        Thread running;
        synchronized (this) {
            interrupted = true;
            running = thread;
        }
        if (running == null) {
            return true;
        }
        running.interrupt();
        running.join(millis);
        return !running.isAlive();
    }

    /** Leaves a snippet behind that ignores interruption: its thread runs on, the kernel is free again. */
    @Override
    public synchronized void stop() {
        leftBehind.removeIf(left -> !left.isAlive());
        if (task != null && thread != null && task.cancel(true)) {
            leftBehind.add(thread);
        }
    }

    /** Waits for what was left behind. */
    void await() throws InterruptedException {
        for (Thread left : leftBehind) {
            left.join();
        }
    }

    @Override
    protected String invoke(Method snippet) throws Exception {
        FutureTask<@Nullable Object> started = new FutureTask<>(() -> snippet.invoke(null));
        Thread worker = new Thread(started, "cell");
        worker.setDaemon(true);
        value = null;
        synchronized (this) {
            // JShell compiles for a while before it comes here, and an interrupt may have come first.
            if (interrupted) {
                throw new StoppedException();
            }
            task = started;
            thread = worker;
            worker.start();
        }
        try {
            value = started.get();
            return "";
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (CancellationException e) {
            throw new StoppedException();
        } finally {
            synchronized (this) {
                thread = null;
                task = null;
            }
        }
    }
}
