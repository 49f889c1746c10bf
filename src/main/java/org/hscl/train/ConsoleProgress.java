package org.hscl.train;

import java.io.PrintStream;
import java.util.Optional;

/**
 * Shows a training in a terminal or below a notebook cell. Messages get a line each; the state is one line that replaces
 * itself, or one line an epoch for a log file.
 */
public final class ConsoleProgress implements TrainingListener, AutoCloseable {

    private static final long INTERVAL_NANOS = 250_000_000;

    private final PrintStream stream;
    private final boolean live;
    private Optional<Progress> last = Optional.empty();
    private long shownAt;
    private int openLine; // characters of the line that the next one replaces

    private ConsoleProgress(PrintStream stream, boolean live) {
        this.stream = stream;
        this.live = live;
        shownAt = System.nanoTime() - INTERVAL_NANOS;
    }

    /** One line on the standard output that replaces itself, at most four times a second. */
    public static ConsoleProgress live() {
        return live(System.out);
    }

    /** One line that replaces itself. */
    public static ConsoleProgress live(PrintStream stream) {
        return new ConsoleProgress(stream, true);
    }

    /** One line an epoch. */
    public static ConsoleProgress everyEpoch(PrintStream stream) {
        return new ConsoleProgress(stream, false);
    }

    @Override
    public void onProgress(Progress progress) {
        last = Optional.of(progress);
        if (live && (progress.done() == 1 || System.nanoTime() - shownAt >= INTERVAL_NANOS)) {
            shownAt = System.nanoTime();
            String line = progress.line();
            stream.print("\r" + line + " ".repeat(Math.max(0, openLine - line.length())));
            stream.flush();
            openLine = line.length();
        }
    }

    @Override
    public void onEpoch(History history) {
        if (!live) {
            last.ifPresent(progress -> stream.println(progress.line()));
        } else if (last.isPresent() && last.get().done() == 1) {
            close();
        }
    }

    @Override
    public void onMessage(String sentence) {
        close();
        stream.println(sentence);
    }

    /** Ends a line that is open, so that what follows starts on its own; more may be shown afterwards. */
    @Override
    public void close() {
        if (openLine > 0) {
            stream.println();
            openLine = 0;
        }
    }
}
