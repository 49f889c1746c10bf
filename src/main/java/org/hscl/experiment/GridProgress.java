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
}
