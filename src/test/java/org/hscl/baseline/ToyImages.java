package org.hscl.baseline;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hscl.data.ImageSet;
import org.hscl.data.TrainTest;
import org.hscl.engine.SeededRandom;
import org.hscl.scenario.OneClass;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.OptimizerConfig;

/** Three kinds of noisy pictures that anyone can tell apart: a bright tent, a checkerboard, a dark cross on white. */
final class ToyImages {

    private static final int SIDE = 32;
    private static final int NOISE = 40;

    private ToyImages() {}

    /** Tents are normal, 5 % of the unlabeled are none. */
    static Split split() {
        return split(0.15);
    }

    /** Another share of labels. */
    static Split split(double labeled) {
        TrainTest data = new TrainTest("toy pictures", images(1, 60), images(2, 20), Map.of());
        return OneClass.defaults().withLabeledRatio(labeled).withPollutionRatio(0.05).split(data);
    }

    /** A few dozen steps of a very small network. */
    static HsclConfig config() {
        return HsclConfig.small().withWidth(4).withBatchSize(8).withEpochs(6)
                .withOptimizer(OptimizerConfig.defaults().withWarmupEpochs(1).withLearningRate(3e-3));
    }

    private static ImageSet images(long seed, int perClass) {
        SplittableRandom random = SeededRandom.at(seed);
        int plane = SIDE * SIDE;
        byte[] pixels = new byte[3 * perClass * 3 * plane];
        int[] labels = new int[3 * perClass];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 3;
            double x = 13 + 6 * random.nextDouble();
            double y = 13 + 6 * random.nextDouble();
            for (int p = 0; p < plane; p++) {
                int value = value(labels[i], p % SIDE - x, p / SIDE - y) + random.nextInt(NOISE);
                for (int c = 0; c < 3; c++) {
                    pixels[(3 * i + c) * plane + p] = (byte) value;
                }
            }
        }
        return new ImageSet("toy", "made by a test", SIDE, pixels, labels, List.of("tent", "board", "cross"));
    }

    private static int value(int kind, double x, double y) {
        return switch (kind) {
            case 0 -> y > -8 && y < 6 && Math.abs(x) < (y + 8) * 0.7 ? 200 : 20;
            case 1 -> (Math.floor(x / 4) + Math.floor(y / 4)) % 2 == 0 ? 200 : 60;
            default -> Math.abs(x) < 3 || Math.abs(y) < 3 ? 10 : 200;
        };
    }
}
