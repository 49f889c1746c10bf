package org.hscl.kernel;

import io.github.spencerpark.jupyter.kernel.JupyterIO;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Both streams that code prints to. */
final class Prints {

    private final CellOutput output;
    private final CellOutput errors;
    private final PrintStream out;
    private final PrintStream err;

    Prints(JupyterIO jupyter) {
        output = new CellOutput(jupyter.out, jupyter::isAttached);
        errors = new CellOutput(jupyter.err, jupyter::isAttached);
        out = output.stream();
        err = errors.stream();
    }

    /**
     * From now on what is printed goes this way; the kernel's base sets streams that send every line.
     *
     * @return undoes that
     */
    Runnable take() {
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        System.setOut(out);
        System.setErr(err);
        return () -> {
            System.setOut(outBefore);
            System.setErr(errBefore);
        };
    }

    /** Sends what waits. */
    void send() {
        output.send();
        errors.send();
    }

    /** Sends by the clock, and takes what threads print when no cell runs, which else goes to the terminal of Jupyter's server. */
    void sendEvery(int millis) {
        take();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "prints");
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleAtFixedRate(this::send, millis, millis, TimeUnit.MILLISECONDS);
    }
}
