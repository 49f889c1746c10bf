package org.hscl.data;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Gives up a server that sends no more: the time limit of Java's client ends with the headers of its answer. */
final class StallGuard implements AutoCloseable {

    private final InputStream body;
    private final Duration patience;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "download guard");
        thread.setDaemon(true);
        return thread;
    });
    private volatile long heard = System.nanoTime();
    private volatile boolean stalled;

    StallGuard(InputStream body, Duration patience) {
        this.body = body;
        this.patience = patience;
        long interval = patience.toNanos() / 4;
        clock.scheduleWithFixedDelay(this::look, interval, interval, TimeUnit.NANOSECONDS);
    }

    private void look() {
        if (System.nanoTime() - heard > patience.toNanos()) {
            stalled = true;
            try {
                body.close(); // wakes the reader
            } catch (IOException e) {
                throw new IllegalStateException("closing a connection sends nothing", e);
            }
        }
    }

    /**
     * Reads what has come.
     *
     * @return bytes, or -1 at the end
     * @throws IOException if nothing has come for too long, or the connection breaks
     */
    int read(byte[] buffer) throws IOException {
        try {
            int count = body.read(buffer);
            heard = System.nanoTime();
            return count;
        } catch (IOException e) {
            throw stalled ? new IOException("nothing has come for %s seconds".formatted(patience.toMillis() / 1000.0), e) : e;
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
