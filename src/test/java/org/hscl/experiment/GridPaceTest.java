package org.hscl.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.hscl.experiment.GridProgress.GridPace;
import org.junit.jupiter.api.Test;

class GridPaceTest {

    @Test
    void runsThatAreLeftOutTakeNoPartInTheEstimate() {
        Experiment next = Toys.seeds(1).experiments().get(0);
        GridPace pace = new GridPace(4, 0);
        pace.start();
        pace.leaveOut();
        pace.start();
        pace.leaveOut();
        assertTrue(Double.isNaN(pace.progress(next, Optional.empty()).secondsLeft()), "nothing was measured yet");
        pace.start();
        pace.finish();
        pace.start();
        GridProgress progress = pace.progress(next, Optional.empty());
        assertEquals(1, progress.done());
        assertTrue(progress.secondsLeft() < 1, "two left out, one done: only this one is left, " + progress.secondsLeft());
    }
}
