package org.hscl.experiment;

import java.util.Optional;
import org.hscl.train.Progress;

/** Estimates how long a grid still takes, from the experiments of this session. */
final class GridPace {

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
