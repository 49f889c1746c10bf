package org.hscl.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.hscl.loss.Variant;
import org.hscl.train.LearningRate;
import org.hscl.train.OptimizerConfig;
import org.junit.jupiter.api.Test;

class ScheduleGoldenTest {

    @Test
    void paperRateMatches() {
        check("paper", Variant.PAPER, 1e-12);
    }

    @Test
    void releasedRateMatches() {
        check("released", Variant.RELEASED, 1e-8);
    }

    private static void check(String name, Variant variant, double tolerance) {
        try (Golden golden = Golden.read("schedule")) {
            int epochs = (int) golden.get(name).getShape().get(0);
            int steps = (int) golden.get(name).getShape().get(1);
            LearningRate rate = new LearningRate(OptimizerConfig.defaults().withSchedule(variant), epochs);
            double[] expected = golden.doubles(name);
            for (int i = 0; i < expected.length; i++) {
                double epoch = i / steps + (i % steps) / (double) steps;
                assertEquals(expected[i], rate.rate(epoch), tolerance, name + " after " + epoch + " epochs");
            }
        }
    }
}
