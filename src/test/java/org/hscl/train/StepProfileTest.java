package org.hscl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hscl.engine.ComputeDevice;
import org.junit.jupiter.api.Test;

class StepProfileTest {

    private static final HsclConfig TINY = HsclConfig.small().withWidth(1).withBatchSize(2);

    @Test
    void theStepsThatWarmUpAreDoneBeforeThoseThatCount() {
        List<Integer> done = new ArrayList<>();
        StepProfile profile = StepProfile.measure(TINY, ComputeDevice.choose("cpu"), 1, done::add);
        assertEquals(List.of(1, 2, 3), done);
        assertEquals(Set.of("views", "augment", "forward", "losses", "backward", "adam", "step"), profile.milliseconds().keySet());
        // One step counts, so its parts are the medians and fit into it.
        double parts = profile.milliseconds().values().stream().mapToDouble(time -> time).sum();
        assertTrue(parts <= 2 * profile.milliseconds().get("step"), profile.toString());
    }

    @Test
    void noStepsAreRefused() {
        var failure = assertThrows(IllegalArgumentException.class,
                () -> StepProfile.measure(TINY, ComputeDevice.choose("cpu"), 0, done -> {}));
        assertEquals("steps is 0; give at least 1", failure.getMessage());
    }
}
