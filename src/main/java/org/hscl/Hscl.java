package org.hscl;

import java.nio.file.Path;
import org.hscl.detect.AnomalyDetector;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/**
 * The first import of a notebook: trains a detector in one call. {@code Hscl.fit(split, config, ConsoleProgress.live())} shows
 * how it goes.
 */
public final class Hscl {

    private Hscl() {}

    /** Trains HSCL on a split, in silence. */
    public static AnomalyDetector fit(Split split, HsclConfig config) {
        return fit(split, config, TrainingListener.silent());
    }

    /** Trains HSCL on a split and reports to a listener. */
    public static AnomalyDetector fit(Split split, HsclConfig config, TrainingListener listener) {
        return fit(split, config, RunOptions.defaults(), listener);
    }

    /**
     * Trains HSCL on a split, on a chosen device, with checkpoints if wanted.
     *
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     * @throws org.hscl.train.TrainingException if a loss is no longer finite, or the checkpoints belong to another training
     */
    public static AnomalyDetector fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        return AnomalyDetector.fit(split, config, options, listener);
    }

    /**
     * Loads a detector that {@link AnomalyDetector#save} has written, to the first GPU or else the CPU.
     *
     * @throws org.hscl.data.DataException if the folder is missing, damaged or of a later version
     */
    public static AnomalyDetector load(Path folder) {
        return AnomalyDetector.load(folder);
    }
}
