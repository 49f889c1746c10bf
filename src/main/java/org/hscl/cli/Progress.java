package org.hscl.cli;

import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a long command is: a bar that moves in a terminal, a line every ten seconds elsewhere. */
final class Progress {

    private static final int COLUMNS = 100;

    private Progress() {}

    /** A bar with count, rate and time left. */
    static ProgressBar bar(String task, String unit, long count, PrintWriter err) {
        return bar(task, unit, 0, count, err);
    }

    /** The same, of work of which a part was done before. */
    static ProgressBar bar(String task, String unit, long before, long count, PrintWriter err) {
        boolean terminal = System.console() != null;
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(unit, 1)
                .setInitialMax(count)
                .startsFrom(before, Duration.ZERO)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(terminal ? 500 : 10_000)
                .setConsumer(terminal
                        ? new ConsoleProgressBarConsumer(System.err, COLUMNS)
                        : new DelegatingProgressBarConsumer(err::println, COLUMNS))
                .build();
    }
}
