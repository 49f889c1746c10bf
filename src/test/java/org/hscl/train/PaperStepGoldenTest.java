package org.hscl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.hscl.augment.AugmentConfig;
import org.hscl.augment.Augmenter;
import org.hscl.golden.Golden;
import org.hscl.golden.GoldenEncoder;
import org.hscl.loss.BatchRows;
import org.hscl.loss.HsclLoss;
import org.hscl.loss.LossConfig;
import org.hscl.loss.RowSampler;
import org.hscl.model.Encoder;
import org.hscl.model.Weights;
import org.hscl.scenario.Label;
import org.hscl.scenario.SampleState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One whole step by the paper's formulas, as {@code src/test/python/paper_step.py} has recorded it in plain PyTorch: forward, losses,
 * gradients, Adam, running statistics.
 */
class PaperStepGoldenTest {

    private static final LossConfig LOSS =
            LossConfig.defaults().withThreshold(0.523).withPrototypeWeight(0.7).withAbnormalWeight(1.3);

    private static Golden start;
    private static Golden images;
    private static Golden golden;

    @BeforeAll
    static void read() {
        assumeTrue(System.getProperty("golden.dir", "").isEmpty(), "it goes with the recorded network of this project");
        start = Golden.read("encoder_w8");
        images = Golden.read("step_w8");
        golden = Golden.read("step_paper_w8");
    }

    @AfterAll
    static void close() {
        if (golden != null) {
            golden.close();
            images.close();
            start.close();
        }
    }

    /** The recorded rows, if asked for by the recorded masses: first the anchors, then the positives. */
    private static final class Draws implements RowSampler {
        @Override
        public NDArray rows(NDArray mass, int count) {
            golden.assertClose("weight_thresholded", mass.squeeze(1), 1e-5);
            NDArray pairs = golden.index("anchor_index").concat(golden.index("positive_index"));
            assertEquals(count, pairs.size());
            return pairs;
        }

        @Override
        public NDArray shares(NDManager manager, int count, int k) {
            throw new AssertionError("the paper mixes nothing");
        }
    }

    private static NDArray learn(Encoder encoder, Adam adam) {
        encoder.weights().requireGradients();
        NDArray rows = images.get("images");
        int[] states = images.rows("state");
        Label[] labels = Arrays.stream(states).limit(states.length / Augmenter.ROWS_PER_IMAGE)
                .mapToObj(state -> SampleState.values()[state].label()).toArray(Label[]::new);
        return new TrainingStep(encoder, adam, new Augmenter(AugmentConfig.defaults()), new HsclLoss(LOSS))
                .learn(rows, BatchRows.of(labels, LOSS.rows()).send(rows.getManager()), new Draws(), TrainingStep.Clock.SILENT);
    }

    @Test
    void lossesAndGradientsMatch() {
        try (Encoder encoder = GoldenEncoder.from(start, "init/");
                Adam adam = new Adam(encoder.weights(), 0)) {
            NDArray losses = learn(encoder, adam);
            golden.assertLoss("loss_total", losses.get(0));
            golden.assertLoss("loss_ss", losses.get(1));
            golden.assertLoss("loss_shift", losses.get(2));
            golden.assertLoss("loss_sp", losses.get(3));
            golden.assertLoss("loss_na", losses.get(4));
            for (String name : encoder.weights().names()) {
                if (Weights.isStatistic(name)) {
                    golden.assertClose("after/" + GoldenEncoder.name(name), encoder.weights().get(name), 2e-5);
                } else {
                    golden.assertGradient("grad/" + GoldenEncoder.name(name), encoder.weights().get(name).getGradient());
                }
            }
        }
    }

    @Test
    void theFirstStepOfAdamMatches() {
        OptimizerConfig optimizer = OptimizerConfig.defaults();
        double rate = new LearningRate(optimizer, 250).ofStep(0, 0, 8);
        assertEquals(golden.scalar("rate"), rate, 1e-10);
        try (Encoder encoder = GoldenEncoder.from(start, "init/");
                Adam adam = new Adam(encoder.weights(), optimizer.weightDecay())) {
            learn(encoder, adam);
            adam.step(rate);
            int compared = 0;
            for (String name : encoder.weights().names()) {
                compared += Weights.isStatistic(name) ? 0 : compare(encoder, name, optimizer.weightDecay(), rate);
            }
            assertTrue(compared > 100_000, compared + " weights");
        }
    }

    /** w − rate · g / (|g| + ε) with g = gradient + decay · w; where the gradient is all rounding its sign is not known. */
    private static int compare(Encoder encoder, String name, double decay, double rate) {
        double[] before = start.doubles("init/" + GoldenEncoder.name(name));
        double[] gradient = golden.doubles("grad/" + GoldenEncoder.name(name));
        float[] after = encoder.weights().get(name).toFloatArray();
        double floor = 1e-3 * Arrays.stream(gradient).map(Math::abs).max().orElse(0);
        int compared = 0;
        for (int i = 0; i < after.length; i++) {
            double g = gradient[i] + decay * before[i];
            if (Math.abs(gradient[i]) >= floor && floor > 0) {
                assertEquals(before[i] - rate * g / (Math.abs(g) + 1e-8), after[i], 0.01 * rate + 6e-8 * Math.abs(before[i]), name);
                compared++;
            }
        }
        return compared;
    }
}
