package org.hscl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.hscl.augment.AugmentConfig;
import org.hscl.augment.Augmenter;
import org.hscl.golden.Golden;
import org.hscl.golden.GoldenEncoder;
import org.hscl.loss.BatchRows;
import org.hscl.loss.HsclLoss;
import org.hscl.loss.LossConfig;
import org.hscl.loss.Variant;
import org.hscl.model.Encoder;
import org.hscl.model.Layout;
import org.hscl.model.ResNetEncoder;
import org.hscl.model.Weights;
import org.hscl.scenario.Label;
import org.hscl.scenario.SampleState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One whole step of the released code: forward, losses, gradients, Adam, running statistics. */
class StepGoldenTest {

    private static final OptimizerConfig OPTIMIZER = OptimizerConfig.defaults().withSchedule(Variant.RELEASED);

    private static Golden start;
    private static Golden golden;

    @BeforeAll
    static void read() {
        start = Golden.read("encoder_w8");
        golden = Golden.read("step_w8");
    }

    @AfterAll
    static void close() {
        start.close();
        golden.close();
    }

    @Test
    void outputsInTrainingModeMatch() {
        try (ResNetEncoder encoder = GoldenEncoder.from(start, "init/")) {
            for (Layout layout : Layout.values()) {
                Encoder.Output output = encoder.withLayout(layout).forward(golden.get("images"), true);
                golden.assertClose("train_projection", output.projection(), 1e-4);
                golden.assertClose("train_shift", output.shift(), 1e-4);
            }
        }
    }

    @Test
    void lossesMatch() {
        try (ResNetEncoder encoder = GoldenEncoder.from(start, "init/");
                Adam adam = new Adam(encoder.weights(), OPTIMIZER.weightDecay())) {
            NDArray losses = learn(encoder, adam); // total, S-S, shift, S-P, N-A
            golden.assertLoss("loss_total", losses.get(0));
            golden.assertLoss("loss_ss", losses.get(1));
            golden.assertLoss("loss_shift", losses.get(2));
            golden.assertLoss("loss_sp_plus_na", losses.get(3).add(losses.get(4)));
        }
    }

    @Test
    void gradientsMatch() {
        try (ResNetEncoder encoder = GoldenEncoder.from(start, "init/");
                Adam adam = new Adam(encoder.weights(), OPTIMIZER.weightDecay())) {
            learn(encoder, adam);
            for (String name : encoder.weights().names()) {
                if (!Weights.isStatistic(name)) {
                    golden.assertGradient("grad/" + GoldenEncoder.name(name), encoder.weights().get(name).getGradient());
                }
            }
        }
    }

    @Test
    void weightsAndRunningStatisticsAfterAdamMatch() {
        try (ResNetEncoder encoder = GoldenEncoder.from(start, "init/");
                Adam adam = new Adam(encoder.weights(), OPTIMIZER.weightDecay())) {
            learn(encoder, adam);
            adam.step(new LearningRate(OPTIMIZER, 250).ofStep(0, 0, 1));
            for (String name : encoder.weights().names()) {
                assertWeight(GoldenEncoder.name(name), encoder.weights().get(name).toFloatArray());
            }
        }
    }

    /** Adam's first step is the rate times the gradient's sign, so a gradient that is all rounding may flip it. */
    private static void assertWeight(String name, float[] actual) {
        float[] expected = golden.floats("after/" + name);
        float[] gradient = Weights.isStatistic(name) ? null : golden.floats("grad/" + name);
        assertEquals(expected.length, actual.length, name);
        double floor = gradient == null ? 0 : 1e-3 * largest(gradient);
        for (int i = 0; i < expected.length; i++) {
            if (gradient == null || Math.abs(gradient[i]) >= floor) {
                assertEquals(expected[i], actual[i], 2e-5, name + "[" + i + "]");
            }
        }
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static NDArray learn(Encoder encoder, Adam adam) {
        encoder.weights().requireGradients();
        HsclLoss loss = new HsclLoss(LossConfig.released());
        TrainingStep step = new TrainingStep(encoder, adam, new Augmenter(AugmentConfig.defaults()), loss);
        NDArray images = golden.get("images");
        BatchRows rows = BatchRows.of(labels(), loss.config().rows());
        return step.learn(
                images, rows.send(images.getManager()), new ReplayedDraws(golden), TrainingStep.Clock.SILENT);
    }

    private static Label[] labels() {
        int[] states = golden.rows("state"); // of the rows; the first B are those of the images
        return Arrays.stream(states)
                .limit(states.length / Augmenter.ROWS_PER_IMAGE)
                .mapToObj(state -> SampleState.values()[state].label())
                .toArray(Label[]::new);
    }

    @Test
    void everyRecordedWeightIsCompared() {
        try (ResNetEncoder encoder = GoldenEncoder.from(start, "init/")) {
            long recorded = golden.arrays().keySet().stream()
                    .filter(name -> name.startsWith("after/") && !name.endsWith("num_batches_tracked"))
                    .count();
            assertEquals(recorded, encoder.weights().names().size());
            assertTrue(recorded > 0);
        }
    }
}
