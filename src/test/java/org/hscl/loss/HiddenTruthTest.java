package org.hscl.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.hscl.data.ImageSet;
import org.hscl.data.RandomImages;
import org.hscl.engine.Torch;
import org.hscl.scenario.SampleState;
import org.hscl.scenario.Split;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which unlabeled images are anomalies is known to the split, for evaluation, and to no loss. */
class HiddenTruthTest {

    private static final List<SampleState> STATES = List.of(SampleState.values());

    @ParameterizedTest
    @EnumSource
    void flippingItChangesNothing(Variant variant) {
        Split split = split(STATES);
        Split flipped = split(STATES.stream().map(HiddenTruthTest::flip).toList());
        assertNotEquals(split, flipped);
        assertArrayEquals(split.labels(), flipped.labels());
        assertArrayEquals(losses(split, variant), losses(flipped, variant));
        assertEquals(2, flipped.rowsOf(SampleState.LABELED_NORMAL)[0]);
    }

    private static SampleState flip(SampleState state) {
        return switch (state) {
            case UNLABELED_NORMAL -> SampleState.UNLABELED_ABNORMAL;
            case UNLABELED_ABNORMAL -> SampleState.UNLABELED_NORMAL;
            case LABELED_NORMAL, LABELED_ABNORMAL -> state;
        };
    }

    private static Split split(List<SampleState> states) {
        ImageSet images = RandomImages.set(states.size(), 4, 1);
        return new Split("test", images, states, RandomImages.set(1, 4, 2), new boolean[1], List.of());
    }

    private static double[] losses(Split split, Variant variant) {
        try (NDManager manager = Torch.engine().newBaseManager()) {
            return LossBatch.of(manager, split.labels())
                    .terms(LossConfig.defaults().withVariant(variant))
                    .detached()
                    .toDoubleArray();
        }
    }
}
