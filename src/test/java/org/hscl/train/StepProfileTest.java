package org.hscl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hscl.engine.ComputeDevice;
import org.junit.jupiter.api.Test;

class StepProfileTest {

    private static final HsclConfig TINY = HsclConfig.small().withWidth(4).withBatchSize(4);

    @Test
    void eachPartHasTheMedianOfTheStepsAfterTheWarmUp() {
        long[] milliseconds = {500, 700, 1, 30, 2}; // that a look at the clock takes, step by step
        List<Integer> done = new ArrayList<>();
        AtomicLong time = new AtomicLong();
        StepProfile profile = StepProfile.measure(TINY, ComputeDevice.choose("cpu"), 3, done::add,
                () -> time.addAndGet(1_000_000 * milliseconds[done.size()]));
        assertEquals(List.of(1, 2, 3, 4, 5), done);
        assertEquals(List.of("views", "augment", "forward", "losses", "backward", "adam", "step"),
                List.copyOf(profile.milliseconds().keySet()));
        profile.milliseconds().forEach((part, median) -> assertEquals(part.equals("step") ? 14 : 2, median, 1e-9, part));
    }

    @Test
    void noStepsAreRefused() {
        var failure = assertThrows(IllegalArgumentException.class,
                () -> StepProfile.measure(TINY, ComputeDevice.choose("cpu"), 0, done -> {}));
        assertEquals("steps is 0; give at least 1", failure.getMessage());
    }
}
