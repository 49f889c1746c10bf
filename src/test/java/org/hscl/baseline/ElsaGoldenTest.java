package org.hscl.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.hscl.golden.Golden;
import org.hscl.loss.Differentiation;
import org.junit.jupiter.api.Test;

class ElsaGoldenTest {

    private static Golden golden() {
        return Golden.read("baselines/elsa");
    }

    private static boolean[] flags(Golden golden, String name) {
        int[] rows = golden.rows(name);
        boolean[] flags = new boolean[rows.length];
        IntStream.range(0, rows.length).forEach(i -> flags[i] = rows[i] == 1);
        return flags;
    }

    @Test
    void theEnergyAndItsLossAreThoseOfTheEquations() {
        try (Golden golden = golden()) {
            NDArray z = golden.get("z");
            NDArray prototypes = golden.get("prototypes");
            Energy energy = new Energy((int) prototypes.getShape().get(0), golden.scalar("temperature"));
            assertEquals(golden.scalar("C"), energy.largest(), 1e-5);
            golden.assertClose("score", energy.of(z, prototypes).flatten(), 1e-5);
            golden.assertClose("score_without_temperature", Energy.score(z, prototypes).flatten(), 1e-5);
            boolean[] abnormal = flags(golden, "is_abnormal");
            golden.assertLoss("loss", energy.loss(z, prototypes, abnormal));
            golden.assertGradient("grad_z", Differentiation.gradients(() -> energy.loss(z, prototypes, abnormal), z)[0]);
        }
    }

    @Test
    void theShiftLossIsThatOfTheEquationsAndDoesNotSeeAnomalies() {
        try (Golden golden = golden()) {
            NDArray logits = golden.get("shift_logits");
            int[] label = golden.rows("shift_label");
            boolean[] abnormal = flags(golden, "shift_is_abnormal");
            golden.assertLoss("shift_loss", Energy.shiftLoss(logits, label, abnormal));
            golden.assertGradient("shift_grad",
                    Differentiation.gradients(() -> Energy.shiftLoss(logits, label, abnormal), logits)[0]);
        }
    }

    @Test
    void earlyStoppingAndTheScoreOfElsaPlusAreThoseOfTheOriginal() {
        try (Golden golden = golden()) {
            NDArray prototypes = golden.get("prototypes");
            assertEquals(golden.scalar("early_auroc"), Energy.auroc(
                    Energy.score(golden.get("early_weak"), prototypes), Energy.score(golden.get("early_strong"), prototypes)), 1e-6);
            assertEquals(golden.scalar("plus_early_auroc"), Energy.auroc(
                    Energy.sumOfRotations(Energy.score(golden.get("plus_early_weak"), prototypes), 4),
                    Energy.sumOfRotations(Energy.score(golden.get("plus_early_strong"), prototypes), 4)), 1e-6);
            NDArray samples = golden.get("plus_projections");
            NDArray mean = Energy.mean(new NDList(samples.get(0), samples.get(1), samples.get(2)));
            golden.assertClose("plus_score", Energy.sumOfRotations(Energy.score(mean, prototypes), 4), 1e-5);
        }
    }

    @Test
    void clusteringIsThatOfTheOriginal() {
        try (Golden golden = golden()) {
            double[][] points = matrix(golden, "kmeans_points");
            SphericalKMeans found = SphericalKMeans.of(points, matrix(golden, "kmeans_first"));
            assertArrayEquals(golden.rows("kmeans_labels"), found.labels());
            double[][] centers = matrix(golden, "kmeans_centers");
            for (int k = 0; k < centers.length; k++) {
                assertArrayEquals(centers[k], found.centers()[k], 1e-6);
            }
            assertEquals(golden.scalar("kmeans_inertia"), found.inertia(), 1e-6);
        }
    }

    private static double[][] matrix(Golden golden, String name) {
        int columns = (int) golden.get(name).getShape().get(1);
        double[] values = golden.doubles(name);
        return IntStream.range(0, values.length / columns)
                .mapToObj(i -> Arrays.copyOfRange(values, i * columns, (i + 1) * columns)).toArray(double[][]::new);
    }

    @Test
    void anEmptyClusterTakesTheRowThatFitsWorst() {
        double[][] rows = {{1, 0}, {0.9, Math.sqrt(0.19)}, {0, 1}};
        SphericalKMeans found = SphericalKMeans.of(rows, new double[][] {{1, 0}, {-1, 0}});
        assertEquals(1, found.labels()[2]);
        assertEquals(0, found.labels()[0]);
    }

    @Test
    void atAPrototypeANormalRowPaysOneByCAndOppositeAnAnomalyPaysHalfTau() {
        try (Golden golden = golden()) {
            NDArray prototypes = golden.manager().ones(new Shape(50, 1)); // all the same, of length 1
            Energy energy = new Energy(50, 0.5);
            NDArray at = golden.manager().create(new float[] {3}, new Shape(1, 1));
            assertEquals(1 / energy.largest(), energy.loss(at, prototypes, new boolean[] {false}).getFloat(), 1e-5);
            assertEquals(0.25, energy.loss(at.neg(), prototypes, new boolean[] {true}).getFloat(), 1e-5);
            assertTrue(Float.isFinite(energy.loss(at, prototypes, new boolean[] {true}).getFloat()));
        }
    }

    @Test
    void fewerThanEightPrototypesAreRefused() {
        Exception error = assertThrows(IllegalArgumentException.class, () -> new Energy(7, 0.5));
        assertTrue(error.getMessage().contains("at least 8"), error.getMessage());
    }
}
