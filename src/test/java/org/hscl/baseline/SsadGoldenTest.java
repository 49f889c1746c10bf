package org.hscl.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.hscl.golden.Golden;
import org.hscl.scenario.Label;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SsadGoldenTest {

    @AfterEach
    void forgetInterruptions() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @CsvSource({"both, 0.125", "both, 1", "abnormal_only, 0.125", "abnormal_only, 1", "none, 0.125", "none, 1"})
    void theMachineIsThatOfTheOriginal(String set, String gamma) {
        try (Golden golden = Golden.read("baselines/ssad")) {
            int[] known = golden.rows("label");
            int[] kept = IntStream.range(0, known.length)
                    .filter(i -> set.equals("both") || known[i] == 0 || set.equals("abnormal_only") && known[i] < 1).toArray();
            double[][] all = matrix(golden, "x");
            double[][] rows = Arrays.stream(kept).mapToObj(i -> all[i]).toArray(double[][]::new);
            Label[] labels = Arrays.stream(kept).mapToObj(i -> known[i] == 0
                    ? Label.UNLABELED : known[i] > 0 ? Label.NORMAL : Label.ABNORMAL).toArray(Label[]::new);
            var machine = Ssad.fit(rows, labels, Double.parseDouble(gamma), golden.scalar("c"));
            String start = set + "_gamma" + gamma + "_";
            double[] alpha = Arrays.stream(machine.weights()).map(Math::abs).toArray();
            assertArrayEquals(golden.doubles(start + "alpha"), alpha, 1e-4);
            double[] scores =
                    Arrays.stream(matrix(golden, "query")).mapToDouble(machine::withoutThreshold).toArray();
            assertArrayEquals(golden.doubles(start + "score_without_threshold"), scores, 1e-5);
            assertEquals(golden.scalar(start + "threshold"), machine.threshold(), 1e-4);
        }
    }

    private static double[][] matrix(Golden golden, String name) {
        int columns = (int) golden.get(name).getShape().get(1);
        double[] values = golden.doubles(name);
        return IntStream.range(0, values.length / columns)
                .mapToObj(i -> Arrays.copyOfRange(values, i * columns, (i + 1) * columns)).toArray(double[][]::new);
    }

    @Test
    void ofTwoPointsTheNormalOneWeighsTwoAndTheAbnormalOneOne() {
        var machine = Ssad.fit(new double[][] {{0}, {3}}, new Label[] {Label.UNLABELED, Label.ABNORMAL}, 0.5, 10);
        assertArrayEquals(new double[] {2, -1}, machine.weights(), 1e-7);
    }

    @Test
    void pointsThatAreStrangersShareTheSums() {
        double[][] rows = IntStream.range(0, 7).mapToObj(i -> new double[] {1000.0 * i}).toArray(double[][]::new);
        Label[] labels = new Label[7];
        Arrays.fill(labels, Label.UNLABELED);
        labels[5] = Label.ABNORMAL;
        labels[6] = Label.ABNORMAL;
        double[] weights = Ssad.fit(rows, labels, 1, 1).weights();
        assertEquals(2.0 / 5, weights[0], 1e-7); // (1 + κ) / m
        assertEquals(-1.0 / 2, weights[6], 1e-7); // κ / q
    }

    @Test
    void tooFewNormalSamplesAreSaid() {
        Exception error = assertThrows(IllegalArgumentException.class, () -> Ssad.fit(
                new double[][] {{0}, {3}}, new Label[] {Label.UNLABELED, Label.ABNORMAL}, 0.5, 1));
        assertTrue(error.getMessage().contains("at least 2"), error.getMessage());
    }

    @Test
    void anInterruptionEndsIt() {
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () ->
                new Ssad().fit(new double[][] {{0}, {1}, {2}}, 1));
    }
}
