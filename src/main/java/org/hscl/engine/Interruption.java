package org.hscl.engine;

import java.util.concurrent.CancellationException;

/** Lets a notebook's stop button or Ctrl-C end a long loop between two steps. */
public final class Interruption {

    private Interruption() {}

    /**
     * Ends the work if the thread has been interrupted; the flag is cleared, so that the next cell starts afresh.
     *
     * @param work what is going on, for the message
     * @throws CancellationException if interrupted
     */
    public static void check(String work) {
        if (Thread.interrupted()) {
            throw new CancellationException(work + " was interrupted");
        }
    }
}
