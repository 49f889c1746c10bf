package org.hscl.experiment;

import java.util.Optional;
import org.hscl.train.Progress;

/**
 * Where a grid stands.
 *
 * @param current the experiment under way
 * @param done experiments with a result, those of earlier sessions included
 * @param count all experiments of the grid
 * @param secondsLeft estimated time to the end, in seconds; NaN before anything is known
 * @param training where the training of the current experiment stands, once it has begun
 */
public record GridProgress(
        Experiment current, int done, int count, double secondsLeft, Optional<Progress> training) {

    /** One line: how many are done, the time left, what is under way. */
    public String line() {
        String left = Double.isNaN(secondsLeft)
                ? ""
                : clock(secondsLeft) + " left  ";
        String percent = training.map(progress -> "  %.0f %%".formatted(100 * progress.done())).orElse("");
        return "%d of %d done  %s%s%s".formatted(done, count, left, current.label(), percent);
    }

    static String clock(double seconds) {
        return "%d:%02d:%02d".formatted((long) seconds / 3600, (long) seconds / 60 % 60, (long) seconds % 60);
    }

    /** Follows a grid. Called on the thread that runs it. */
    @FunctionalInterface
    public interface GridListener {

        /** When an experiment starts, and as its training goes on. */
        void onProgress(GridProgress progress);

        /** After each experiment, when its result is on the disk. */
        default void onResult(Result result) {}

        /** When no more experiments follow: all are done or left out, or the grid was stopped. */
        default void onEnd() {}

        /** Follows nothing. */
        static GridListener silent() {
            return progress -> {};
        }
    }

    /** Estimates how long a grid still takes, from the experiments of this session. */
    static final class GridPace {

        private final int count;
        private int done;
        private int leftOut;
        private int measured;
        private double measuredSeconds;
        private long start;

        /**
         * A grid at its beginning.
         *
         * @param count all experiments
         * @param done those with a result from earlier sessions
         */
        GridPace(int count, int done) {
            this.count = count;
            this.done = done;
        }

        void start() {
            start = System.nanoTime();
        }

        void finish() {
            done++;
            measured++;
            measuredSeconds += elapsed();
        }

        /** An experiment whose data is missing took no time that tells of others. */
        void leaveOut() {
            leftOut++;
        }

        GridProgress progress(Experiment current, Optional<Progress> training) {
            double usual = measured == 0 ? Double.NaN : measuredSeconds / measured;
            double whole = training.map(progress -> elapsed() + progress.secondsLeft()).orElse(usual);
            double after = (count - done - leftOut - 1) * (measured == 0 ? whole : usual);
            return new GridProgress(current, done, count, Math.max(whole - elapsed(), 0) + after, training);
        }

        private double elapsed() {
            return (System.nanoTime() - start) * 1e-9;
        }
    }
}
