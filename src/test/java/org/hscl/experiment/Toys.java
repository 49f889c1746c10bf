package org.hscl.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.hscl.baseline.Method;
import org.hscl.data.ImageSet;
import org.hscl.data.TrainTest;
import org.hscl.detect.NormalityModel;
import org.hscl.loss.Variant;
import org.hscl.scenario.OneClass;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/** Images whose class is their brightness, and methods that finish at once. */
final class Toys {

    private static final int SIDE = 2;

    private Toys() {}

    /** Three classes of 40 training and 10 test images; images of class c have the gray value 80 c plus a little. */
    static TrainTest data(String name) {
        return new TrainTest(images(name + " train", 40), images(name + " test", 10));
    }

    private static ImageSet images(String name, int perClass) {
        int stride = 3 * SIDE * SIDE;
        byte[] pixels = new byte[3 * perClass * stride];
        int[] labels = new int[3 * perClass];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 3;
            Arrays.fill(pixels, i * stride, (i + 1) * stride, (byte) (80 * labels[i] + i % 20));
        }
        return new ImageSet(name, "made by a test", SIDE, pixels, labels, List.of("dark", "middle", "bright"));
    }

    /** Class 0 is normal; seeds 1 … count. */
    static Grid seeds(int count) {
        Experiment base = Experiment.of("toy", OneClass.defaults(), HsclConfig.small()).withMethod("Darkness");
        return Grid.of(base).seeds(LongStream.rangeClosed(1, count).toArray());
    }

    /** Scores darkness, so that class 0 is recognized without error; remembers the seeds that it ran. */
    static final class Darkness implements Method {

        final List<Long> seeds = new ArrayList<>();
        private final Consumer<Long> before;

        Darkness(Consumer<Long> before) {
            this.before = before;
        }

        @Override
        public String name() {
            return "Darkness";
        }

        @Override
        public String citation() {
            return "none";
        }

        @Override
        public NormalityModel fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
            options.checkpoints().ifPresent(kept -> listener.onMessage("nothing in " + kept.folder()));
            before.accept(config.seed());
            seeds.add(config.seed());
            return images -> {
                double[] scores = new double[images.count()];
                for (int i = 0; i < scores.length; i++) {
                    scores[i] = -(images.pixels()[i * images.stride()] & 0xFF);
                }
                return scores;
            };
        }
    }

    static Experiment released(Experiment experiment) {
        return experiment.withConfig(config -> config.withVariant(Variant.RELEASED));
    }
}
