package org.hscl.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.hscl.golden.Golden;
import org.hscl.loss.Differentiation;
import org.hscl.scenario.Label;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DivideMixGoldenTest {

    @ParameterizedTest
    @ValueSource(strings = {"dividemix", "auglnl"})
    void aStepIsThatOfTheOriginal(String file) {
        try (Golden golden = Golden.read("baselines/" + file)) {
            NDArray guess = golden.get("guess_logits");
            NDArray refine = golden.get("refine_logits");
            NDArray targetsU = MixMatch.guess(new NDList(guess.get(0), guess.get(1), guess.get(2), guess.get(3)));
            NDArray believed = golden.get("clean_probability").reshape(-1, 1);
            NDArray targetsX = MixMatch.refine(
                    DivideMix.oneHot(golden.get("label")), believed, new NDList(refine.get(0), refine.get(1)));
            golden.assertClose("targets_u", targetsU, 1e-5);
            golden.assertClose("targets_x", targetsX, 1e-5);
            int[] order = golden.rows("order");
            double l = golden.scalar("mix");
            NDArray targets = MixMatch.mix(targetsX.concat(targetsX).concat(targetsU).concat(targetsU), l, order);
            golden.assertClose("mixed_targets", targets, 1e-5);
            golden.assertClose("mixed_logits", MixMatch.mix(golden.get("learn_logits"), l, order), 1e-5);
            NDArray logits = golden.get("mixed_logits");
            double ramped = MixMatch.ramp(golden.scalar("lambda_u"), golden.scalar("epoch"), golden.scalar("warm_up"), 16);
            assertEquals(golden.scalar("ramped_lambda_u"), ramped, 1e-5);
            golden.assertLoss("loss_x", MixMatch.labeled(logits.get("0:12"), targets.get("0:12")));
            golden.assertLoss("loss_u", MixMatch.unlabeled(logits.get("12:"), targets.get("12:")));
            golden.assertLoss("penalty", MixMatch.penalty(logits, 0.5, 0.5));
            golden.assertLoss("loss", DivideMix.loss(logits, targets, 12, ramped, 0.5, 0.5));
            golden.assertGradient("grad_mixed_logits", Differentiation.gradients(
                    () -> DivideMix.loss(logits, targets, 12, ramped, 0.5, 0.5), logits)[0]);
        }
    }

    @Test
    void theWarmUpAndTheRampAreThoseOfTheOriginal() {
        try (Golden golden = Golden.read("baselines/dividemix")) {
            NDArray logits = golden.get("warm_logits");
            golden.assertLoss("warm_neg_entropy", MixMatch.negativeEntropy(logits));
            golden.assertGradient("warm_grad", Differentiation.gradients(() -> MixMatch.negativeEntropy(logits), logits)[0]);
            double[] ramp = Arrays.stream(golden.doubles("ramp_epoch"))
                    .map(epoch -> MixMatch.ramp(golden.scalar("lambda_u"), epoch, golden.scalar("warm_up"), 16)).toArray();
            assertArrayEquals(golden.doubles("ramp"), ramp, 1e-5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"apart", "overlap"})
    void theMixtureIsThatOfTheOriginalLibrary(String name) {
        try (Golden golden = Golden.read("baselines/gmm")) {
            double[] scaled = TwoGaussians.scaled(golden.doubles(name + "_loss"));
            assertArrayEquals(golden.doubles(name + "_scaled"), scaled, 1e-6);
            TwoGaussians mixture = TwoGaussians.of(scaled);
            assertEquals(golden.scalar(name + "_two_means_cut"), TwoGaussians.cut(scaled), 0.02);
            assertEquals(golden.scalar(name + "_iterations"), mixture.iterations());
            assertArrayEquals(golden.doubles(name + "_means"), mixture.means(), 1e-6);
            assertArrayEquals(golden.doubles(name + "_variances"), mixture.variances(), 1e-6);
            assertArrayEquals(golden.doubles(name + "_weights"), mixture.weights(), 1e-6);
            assertArrayEquals(golden.doubles(name + "_clean_probability"),
                    Arrays.stream(scaled).map(mixture::low).toArray(), 1e-6);
        }
    }

    @Test
    void sharpeningSquaresAndMeanPredictionsAtThePriorCostNothing() {
        try (Golden golden = Golden.read("baselines/dividemix")) {
            NDArray q = golden.manager().create(new float[] {0.8f, 0.2f}, new Shape(1, 2));
            assertArrayEquals(new float[] {16f / 17, 1f / 17}, MixMatch.sharpen(q).toFloatArray(), 1e-6f);
            NDArray logits = golden.manager().create(new float[] {3, 0, 0, 3}, new Shape(2, 2));
            assertEquals(0, MixMatch.penalty(logits, 0.5, 0.5).getFloat(), 1e-6);
        }
    }

    @Test
    void labelsAreAlwaysBelievedAndOfUTheCheapOnes() {
        Label[] labels = new Label[102];
        double[] losses = new double[102];
        for (int i = 0; i < 100; i++) {
            labels[i] = Label.UNLABELED;
            losses[i] = i < 90 ? 0 : 1;
        }
        labels[100] = Label.NORMAL;
        labels[101] = Label.ABNORMAL;
        losses[100] = 5;
        losses[101] = 5;
        double[] believed = DivideMix.believed(losses, labels);
        assertEquals(1, believed[0], 1e-6);
        assertEquals(0, believed[95], 1e-6);
        assertArrayEquals(new double[] {1, 1}, new double[] {believed[100], believed[101]});
        assertArrayEquals(new double[] {1, 1}, DivideMix.believed(new double[] {2, 2}, new Label[] {labels[0], labels[1]}));
    }
}
