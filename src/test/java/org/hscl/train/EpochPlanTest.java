package org.hscl.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hscl.augment.AugmentConfig;
import org.hscl.augment.Augmenter;
import org.hscl.data.RandomImages;
import org.hscl.engine.ManagerTest;
import org.hscl.loss.HsclLoss;
import org.hscl.loss.LossConfig;
import org.hscl.model.Encoder;
import org.hscl.model.EncoderConfig;
import org.hscl.scenario.Label;
import org.hscl.train.EpochPlan.StepPlan;
import org.junit.jupiter.api.Test;

class EpochPlanTest extends ManagerTest {

    private static final int IMAGES = 10;
    private static final int STEPS = 3;

    @Test
    void anEpochTakesEachImageOnceInAnOrderOfItsOwn() {
        List<int[]> orders = Stream.of(0, 1).map(epoch -> images(epochs(epoch).get(0))).toList();
        for (int[] order : orders) {
            assertArrayEquals(IntStream.range(0, IMAGES).toArray(), IntStream.of(order).sorted().toArray());
        }
        assertEquals(2, new HashSet<>(orders.stream().map(Arrays::toString).toList()).size(), "both epochs go in one order");
    }

    @Test
    void everyStepOfATrainingDrawsAnew() {
        Set<Float> draws = new HashSet<>();
        for (List<StepPlan> epoch : epochs(0, 1)) {
            epoch.forEach(step -> draws.add(step.uniforms()[0]));
        }
        assertEquals(2 * STEPS, draws.size(), draws.toString());
    }

    @Test
    void stepsPlannedInPartsAreThoseOfTheWholeEpoch() {
        EpochPlan plan = EpochPlan.of(config(), data(), stepper(), 1);
        StepPlan last = plan.steps(2, STEPS).get(0);
        assertArrayEquals(plan.steps(0, STEPS).get(2).images(), last.images());
        assertArrayEquals(plan.steps(0, STEPS).get(2).uniforms(), last.uniforms());
        assertEquals(IMAGES - 2 * config().batchSize(), last.images().length);
    }

    private List<List<StepPlan>> epochs(int... numbers) {
        TrainingData data = data();
        TrainingStep stepper = stepper();
        return IntStream.of(numbers).mapToObj(epoch -> EpochPlan.of(config(), data, stepper, epoch).steps(0, STEPS)).toList();
    }

    private static int[] images(List<StepPlan> steps) {
        return steps.stream().flatMapToInt(step -> IntStream.of(step.images())).toArray();
    }

    private static HsclConfig config() {
        return HsclConfig.small().withBatchSize(4);
    }

    private TrainingData data() {
        Label[] labels = new Label[IMAGES];
        Arrays.fill(labels, Label.UNLABELED);
        return new TrainingData(RandomImages.set(IMAGES, 32, 1), labels, EncoderConfig.defaults(), manager);
    }

    private TrainingStep stepper() {
        Encoder encoder = Encoder.create(EncoderConfig.defaults().withWidth(1), 1, manager);
        return new TrainingStep(encoder, new Adam(encoder.weights(), 0), new Augmenter(AugmentConfig.defaults()),
                new HsclLoss(LossConfig.defaults()));
    }
}
