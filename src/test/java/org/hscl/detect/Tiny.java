package org.hscl.detect;

import java.util.List;
import org.hscl.Hscl;
import org.hscl.data.DataSets;
import org.hscl.data.TrainTest;
import org.hscl.model.EncoderConfig;
import org.hscl.scenario.OneClass;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.OptimizerConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/** A training of a second: 20 digits a class, two channels, two epochs. */
public final class Tiny {

    private static final TrainTest DIGITS = DataSets.digits();

    private Tiny() {}

    /** Images of digits with all four states. */
    public static Split split() {
        return OneClass.defaults()
                .withNormal("3")
                .withLabeledRatio(0.2)
                .withPollutionRatio(0.1)
                .withPerClass(20)
                .withTestLimit(60)
                .split(DIGITS);
    }

    /** Settings for it. */
    public static HsclConfig config() {
        return HsclConfig.defaults()
                .withEncoder(EncoderConfig.defaults().withWidth(2).withProjectionDimensions(8))
                .withOptimizer(OptimizerConfig.defaults().withWarmupEpochs(0))
                .withEpochs(2)
                .withBatchSize(16);
    }

    /** A detector on the CPU. */
    public static AnomalyDetector fit(HsclConfig config) {
        return Hscl.fit(split(), config, RunOptions.defaults().withDevice("cpu"), TrainingListener.silent());
    }

    /** A listener that keeps the messages. */
    public static TrainingListener keeping(List<String> messages) {
        return new TrainingListener() {
            @Override
            public void onProgress(org.hscl.train.Progress progress) {}

            @Override
            public void onMessage(String sentence) {
                messages.add(sentence);
            }
        };
    }
}
