package org.hscl.experiment;

import java.io.PrintStream;
import java.util.Locale;
import org.hscl.experiment.GridProgress.GridListener;

/** Shows a grid in a terminal or below a notebook cell: a line for each result, and where it stands. */
public final class ConsoleGrid implements GridListener, AutoCloseable {

    private static final long INTERVAL_NANOS = 250_000_000;

    private final PrintStream stream;
    private final boolean live;
    private long shownAt = System.nanoTime() - INTERVAL_NANOS;
    private int openLine; // characters of the line that the next one replaces

    private ConsoleGrid(PrintStream stream, boolean live) {
        this.stream = stream;
        this.live = live;
    }

    /** On the standard output, the state as one line that replaces itself. */
    public static ConsoleGrid live() {
        return live(System.out);
    }

    /** The state as one line that replaces itself. */
    public static ConsoleGrid live(PrintStream stream) {
        return new ConsoleGrid(stream, true);
    }

    /** One line at the start of each run and one with its result, for a log file. */
    public static ConsoleGrid everyRun(PrintStream stream) {
        return new ConsoleGrid(stream, false);
    }

    @Override
    public void onProgress(GridProgress progress) {
        if (live && System.nanoTime() - shownAt >= INTERVAL_NANOS) {
            shownAt = System.nanoTime();
            String line = progress.line();
            stream.print("\r" + line + " ".repeat(Math.max(0, openLine - line.length())));
            stream.flush();
            openLine = line.length();
        } else if (!live && progress.training().isEmpty()) {
            stream.println(progress.line());
        }
    }

    @Override
    public void onResult(Result result) {
        close();
        String value = result.scores()
                .map(scores -> String.format(Locale.ROOT, "AUROC %.1f", 100 * scores.pooled()))
                .orElseGet(() -> "failed: " + result.failure().orElseThrow());
        stream.println(result.experiment().label() + ": " + value);
    }

    @Override
    public void onEnd() {
        close();
    }

    /** Ends a line that is open, so that what follows starts on its own; more may be shown afterwards. */
    @Override
    public void close() {
        if (openLine > 0) {
            stream.print("\r" + " ".repeat(openLine) + "\r");
            stream.flush();
            openLine = 0;
        }
    }
}
