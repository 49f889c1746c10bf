package org.hscl.train;

import static org.hscl.scenario.Label.ABNORMAL;
import static org.hscl.scenario.Label.NORMAL;
import static org.hscl.scenario.Label.UNLABELED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hscl.augment.AugmentConfig;
import org.hscl.augment.Augmenter;
import org.hscl.data.RandomImages;
import org.hscl.engine.Numbers;
import org.hscl.engine.SeededRandom;
import org.hscl.engine.Torch;
import org.hscl.loss.HsclLoss;
import org.hscl.loss.LossConfig;
import org.hscl.loss.RowSampler;
import org.hscl.loss.LossTerms;
import org.hscl.model.Encoder;
import org.hscl.model.EncoderConfig;
import org.hscl.scenario.Label;
import org.hscl.train.EpochPlan.StepPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingStepTest {

    private static final EncoderConfig SMALL =
            EncoderConfig.defaults().withWidth(4).withProjectionDimensions(16).withPrototypes(2);
    private static final Label[] ALL_KINDS = {UNLABELED, NORMAL, ABNORMAL, UNLABELED};

    static Stream<LossConfig> losses() {
        return Stream.of(LossConfig.defaults(), LossConfig.released());
    }

    /** A network in training. */
    private static final class Run implements AutoCloseable {

        private final NDManager manager = Torch.engine().newBaseManager();
        private final Encoder encoder = Encoder.create(SMALL, 1, manager);
        private final Adam adam;
        private Set<String> left = Set.of();

        private Run() {
            encoder.weights().requireGradients();
            adam = new Adam(encoder.weights(), 1e-6);
        }

        static Run start() {
            return new Run();
        }

        /** One step; the five losses. */
        float[] step(LossConfig loss, int number, long seed, Label... labels) {
            TrainingStep step =
                    new TrainingStep(encoder, adam, new Augmenter(AugmentConfig.defaults()), new HsclLoss(loss));
            try (NDManager scratch = manager.newSubManager()) {
                NDArray images = RandomImages.batch(scratch, labels.length, 32, 1);
                int[] all = IntStream.range(0, labels.length).toArray();
                StepPlan plan = step.plan(all, labels, SeededRandom.at(seed, number));
                Numbers sent = plan.parcel().send(scratch);
                sent.takeRows(StepPlan.IMAGES, scratch, all.length);
                float[] losses = step.take(images, plan, sent, 1e-3, TrainingStep.Clock.SILENT).toFloatArray();
                left = sent.left();
                return losses;
            }
        }

        float[] weight(String name) {
            return encoder.weights().get(name).toFloatArray();
        }

        @Override
        public void close() {
            manager.close();
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void stepsLeaveNoArrayBehind(LossConfig loss) {
        try (Run run = Run.start()) {
            int everywhere = run.manager.getManagedArrays().size();
            int atWeights = run.encoder.weights().manager().getManagedArrays().size();
            for (int i = 0; i < 3; i++) {
                run.step(loss, i, 1, ALL_KINDS);
            }
            assertEquals(atWeights, run.encoder.weights().manager().getManagedArrays().size());
            assertEquals(everywhere, run.manager.getManagedArrays().size());
        }
    }

    /** Numbers refuses to give any twice. */
    @ParameterizedTest
    @MethodSource("losses")
    void aStepTakesEveryDraw(LossConfig loss) {
        try (Run run = Run.start()) {
            run.step(loss, 0, 1, ALL_KINDS);
            assertEquals(Set.of(), run.left);
            run.step(loss, 1, 1, NORMAL, UNLABELED);
            assertEquals(Set.of(RowSampler.UNIFORMS), run.left, "without abnormal images nothing is mixed");
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void sameSeedTrainsTheSameNetworkBitByBit(LossConfig loss) {
        try (Run once = Run.start();
                Run again = Run.start();
                Run other = Run.start()) {
            for (int i = 0; i < 3; i++) {
                once.step(loss, i, 1, ALL_KINDS);
                again.step(loss, i, 1, ALL_KINDS);
                other.step(loss, i, 2, ALL_KINDS);
            }
            assertArrayEquals(once.weight("conv1.weight"), again.weight("conv1.weight"));
            assertArrayEquals(once.weight("prototypes"), again.weight("prototypes"));
            assertFalse(Arrays.equals(once.weight("conv1.weight"), other.weight("conv1.weight")));
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void lossFalls(LossConfig loss) {
        try (Run run = Run.start()) {
            double first = 0;
            double last = 0;
            for (int i = 0; i < 30; i++) {
                float total = run.step(loss, i, 1, ALL_KINDS)[0];
                first += i < 5 ? total : 0;
                last += i >= 25 ? total : 0;
            }
            assertTrue(last < first, last / 5 + " after " + first / 5);
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void batchesThatLackAKindAndSingleImagesTrainToo(LossConfig loss) {
        try (Run run = Run.start()) {
            Label[][] batches = {{NORMAL}, {UNLABELED}, {ABNORMAL}, {UNLABELED, ABNORMAL}, {NORMAL, UNLABELED}};
            for (int i = 0; i < batches.length; i++) {
                for (float value : run.step(loss, i, 1, batches[i])) {
                    assertTrue(Float.isFinite(value) && value >= 0, Arrays.toString(batches[i]) + ": " + value);
                }
            }
            for (float value : run.weight("prototypes")) {
                assertTrue(Float.isFinite(value));
            }
        }
    }

    @Test
    void aWeightWhoseTermIsOffMovesByL2Alone() {
        try (Run run = Run.start()) {
            float[] prototypes = run.weight("prototypes");
            float[] kernel = run.weight("conv1.weight");
            run.step(LossConfig.defaults().withTerms(LossTerms.contrastiveOnly(false)), 0, 1, ALL_KINDS);
            float[] moved = run.weight("prototypes");
            for (int i = 0; i < moved.length; i++) { // Adam's first step is the rate, against the sign of the weight
                assertEquals(prototypes[i] - 1e-3 * prototypes[i] / (Math.abs(prototypes[i]) + 1e-2), moved[i], 1e-6);
            }
            assertFalse(Arrays.equals(kernel, run.weight("conv1.weight")));
        }
    }
}
