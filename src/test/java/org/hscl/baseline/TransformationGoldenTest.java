package org.hscl.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.hscl.golden.Golden;
import org.hscl.loss.Differentiation;
import org.junit.jupiter.api.Test;

class TransformationGoldenTest {

    @Test
    void transformationsAreThoseOfE3OutlierAndItsTurnsNearlySo() {
        try (Golden golden = Golden.read("baselines/transformations")) {
            int size = 32;
            var all = new Transformations(Transformations.first(Transformations.COUNT), size, golden.manager());
            NDArray images = golden.get("image").reshape(1, 1, size, size)
                    .broadcast(new Shape(Transformations.COUNT, 1, size, size));
            float[] actual = all.apply(images, Transformations.first(Transformations.COUNT), 0).toFloatArray();
            float[] expected = golden.floats("transformed");
            int plane = size * size;
            for (int m = 0; m < Transformations.COUNT; m++) {
                float[] made = Arrays.copyOfRange(actual, m * plane, (m + 1) * plane);
                float[] wanted = Arrays.copyOfRange(expected, m * plane, (m + 1) * plane);
                if (m < 72 || m >= 88) {
                    assertArrayEquals(wanted, made, 1e-6f, "transformation " + m);
                } else {
                    double[] off = IntStream.range(0, plane).mapToDouble(i -> Math.abs(made[i] - wanted[i])).toArray();
                    assertTrue(Arrays.stream(off).average().orElseThrow() < 0.015, "transformation " + m);
                    assertTrue(Arrays.stream(off).max().orElseThrow() < 0.1, "transformation " + m);
                }
            }
        }
    }

    @Test
    void theFirstSeventyTwoNeedOneTapAndGiveTheSame() {
        try (Golden golden = Golden.read("baselines/transformations")) {
            int[] numbers = Transformations.eight();
            var eight = new Transformations(numbers, 32, golden.manager());
            NDArray images = golden.get("image").reshape(1, 1, 32, 32).broadcast(new Shape(8, 1, 32, 32));
            NDArray made = eight.apply(images, Transformations.first(8), 0.5);
            for (int i = 0; i < 8; i++) {
                float[] wanted = golden.get("transformed").get(numbers[i]).toFloatArray();
                assertArrayEquals(wanted, made.get(i).toFloatArray(), 1e-6f);
            }
        }
    }

    @Test
    void goadsLossGradientAndScoreAreThoseOfItsEquations() {
        try (Golden golden = Golden.read("baselines/goad")) {
            NDArray z = golden.get("z");
            double margin = golden.scalar("margin");
            assertEquals(golden.scalar("loss_triplet"), Goad.triplet(z, margin).getDouble(), 1e-9);
            NDArray logits = golden.get("logits").reshape(-1, 6);
            assertEquals(golden.scalar("loss_cross_entropy"), Goad.crossEntropy(logits).getDouble(), 1e-9);
            assertEquals(golden.scalar("loss"), Goad.loss(z, logits).getDouble(), 1e-7); // weights are filled in as floats
            Supplier<NDArray> learned = () -> Goad.loss(z, logits);
            NDArray gradient = Differentiation.gradients(learned, z)[0];
            assertEquals(0, gradient.sub(golden.get("grad_z")).abs().max().getDouble(), 1e-5);
            assertScore(golden, "score_abnormal", 0);
            assertScore(golden, "score_abnormal_eps", golden.scalar("eps"));
        }
    }

    private static void assertScore(Golden golden, String name, double epsilon) {
        NDArray test = golden.get("z_test"); // (8, 6, 7)
        NDArray sum = golden.manager().zeros(new Shape(8), test.getDataType());
        for (int m = 0; m < 6; m++) {
            sum = sum.add(Goad.surprise(test.get(":, {}", m), golden.get("centers"), m, epsilon));
        }
        golden.assertClose(name, sum, 1e-9);
    }

    @Test
    void e3OutliersLossAndScoresAreThoseOfTheOriginal() {
        try (Golden golden = Golden.read("baselines/e3outlier")) {
            NDArray logits = golden.get("logits");
            int[] label = golden.rows("label");
            golden.assertLoss("loss", E3Outlier.loss(logits, label));
            golden.assertGradient("grad_logits", Differentiation.gradients(() -> E3Outlier.loss(logits, label), logits)[0]);
            assertScore(golden, "score_neg_entropy", E3Outlier.Score.NEGATIVE_ENTROPY);
            assertScore(golden, "score_pl_mean", E3Outlier.Score.TRUE_CLASS);
            assertScore(golden, "score_max_mean", E3Outlier.Score.MAXIMUM);
        }
    }

    private static void assertScore(Golden golden, String name, E3Outlier.Score score) {
        NDArray probability = golden.get("probability"); // (5, 9, 9)
        long copies = probability.getShape().get(1);
        NDArray sum = golden.manager().zeros(new Shape(probability.getShape().get(0)), probability.getDataType());
        for (int m = 0; m < copies; m++) {
            sum = sum.add(score.of(probability.get(":, {}", m).log(), m));
        }
        golden.assertClose(name, sum.div(copies), 1e-6);
    }

    @Test
    void aUniformPosteriorHasTheLargestEntropyAndASureOneNone() {
        try (Golden golden = Golden.read("baselines/e3outlier")) {
            NDArray logits = golden.manager().create(new float[] {0, 0, 0, 0, 200, 0, 0, 0}, new Shape(2, 4)).logSoftmax(1);
            float[] score = E3Outlier.Score.NEGATIVE_ENTROPY.of(logits, 0).toFloatArray();
            assertArrayEquals(new float[] {-2, 0}, score, 1e-6f);
        }
    }
}
