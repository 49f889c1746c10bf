package org.hscl.data;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Hears how a download goes. */
@FunctionalInterface
public interface DownloadListener {

    /**
     * A download begins.
     *
     * @param file the file's name
     * @param total its bytes, or −1 if the server does not say
     * @return what hears of its progress, closed at the end, be it good or bad
     */
    Meter started(String file, long total);

    /** Hears of one download's progress. */
    interface Meter extends AutoCloseable {

        /** So many bytes are here, those of an earlier attempt included. */
        void received(long bytes);

        /** The download ended. */
        @Override
        void close();
    }

    /** A progress bar on standard output, which a notebook shows as well. */
    static DownloadListener console() {
        return (file, total) -> {
            ProgressBar bar = new ProgressBarBuilder()
                    .setTaskName(file)
                    .setInitialMax(total)
                    .setUnit(" MB", 1_000_000)
                    .setUpdateIntervalMillis(500)
                    .setConsumer(
                            new ConsoleProgressBarConsumer(System.out, 80)) // its default is invisible in a notebook
                    .build();
            return new Meter() {
                @Override
                public void received(long bytes) {
                    bar.stepTo(bytes);
                }

                @Override
                public void close() {
                    bar.close();
                }
            };
        };
    }
}
