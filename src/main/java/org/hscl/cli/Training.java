package org.hscl.cli;

import java.io.PrintStream;
import java.util.OptionalDouble;
import org.hscl.Hscl;
import org.hscl.detect.AnomalyDetector;
import org.hscl.scenario.Split;
import org.hscl.train.ConsoleProgress;
import org.hscl.train.HsclConfig;
import org.hscl.train.Progress;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/**
 * A training from the command line: shown on the standard error, stopped by signals, timed.
 *
 * @param detector what came of it
 * @param secondsPerStep mean over the steps of this process but the first; empty where there were fewer than two
 */
record Training(AnomalyDetector detector, OptionalDouble secondsPerStep) implements AutoCloseable {

    static Training run(Split split, HsclConfig config, RunOptions options) {
        PrintStream err = System.err;
        split.notes().forEach(err::println);
        err.println(split.name());
        StepTimer timer = new StepTimer();
        try (ConsoleProgress shown = System.console() == null ? ConsoleProgress.everyEpoch(err) : ConsoleProgress.live(err)) {
            AnomalyDetector detector = StopSignal.during(
                    () -> Hscl.fit(split, config, options, TrainingListener.all(timer, shown)));
            return new Training(detector, timer.secondsPerStep());
        }
    }

    @Override
    public void close() {
        detector.close();
    }

    /** The first step also starts the engine's kernels, so it does not count. */
    private static final class StepTimer implements TrainingListener {

        private long steps = -1;
        private long firstStep;
        private long start;
        private long end;

        @Override
        public void onProgress(Progress progress) {
            end = System.nanoTime();
            if (steps < 0) {
                start = end;
                firstStep = stepsDone(progress);
            }
            steps = stepsDone(progress) - firstStep;
        }

        private static long stepsDone(Progress progress) {
            return (progress.epoch() - 1L) * progress.steps() + progress.step();
        }

        OptionalDouble secondsPerStep() {
            return steps < 1 ? OptionalDouble.empty() : OptionalDouble.of((end - start) * 1e-9 / steps);
        }
    }
}
