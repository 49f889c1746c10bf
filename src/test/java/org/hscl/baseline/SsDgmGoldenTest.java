package org.hscl.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hscl.golden.Golden;
import org.hscl.loss.Differentiation;
import org.hscl.model.Weights;
import org.junit.jupiter.api.Test;

class SsDgmGoldenTest {

    /** The weights under a name. */
    private static Perceptron network(Golden golden, String start, Predicate<String> wanted) {
        Weights weights = new Weights(golden.manager());
        for (String name : List.copyOf(golden.arrays().keySet())) {
            if (name.startsWith(start) && wanted.test(name.substring(start.length()))) {
                weights.add(name.substring(start.length()), golden.get(name).duplicate());
            }
        }
        return new Perceptron(weights);
    }

    private static void assertGradients(Golden golden, String start, Perceptron network, Supplier<NDArray> loss) {
        List<String> names = List.copyOf(network.weights().names());
        NDArray[] gradients =
                Differentiation.gradients(loss, names.stream().map(network.weights()::get).toArray(NDArray[]::new));
        for (int i = 0; i < gradients.length; i++) {
            golden.assertGradient(start + names.get(i), gradients[i]);
        }
    }

    @Test
    void theAutoencoderOfImagesIsThatOfTheOriginal() {
        try (Golden golden = Golden.read("baselines/ssdgm_m1")) {
            Perceptron m1 = network(golden, "m1/", name -> true);
            NDArray x = golden.get("x");
            Perceptron.Code code = m1.encode(x, golden.get("noise"));
            NDArray reconstruction = m1.decode(code.drawn());
            golden.assertClose("reconstruction", reconstruction, 1e-5);
            golden.assertClose("kl", code.divergence(), 1e-4);
            golden.assertClose("bce", Perceptron.crossEntropy(reconstruction, x), 1e-4);
            golden.assertLoss("loss", GenerativeLoss.ofM1(m1, x, golden.get("noise")));
            assertGradients(golden, "m1_grad/", m1, () -> GenerativeLoss.ofM1(m1, x, golden.get("noise")));
        }
    }

    @Test
    void theModelOfImagesAndLabelsIsThatOfTheOriginal() {
        try (Golden golden = Golden.read("baselines/ssdgm")) {
            Perceptron m1 = network(golden, "weights/features.", name -> true);
            Perceptron m2 = network(golden, "weights/", name -> !name.startsWith("features."));
            GenerativeLoss loss = new GenerativeLoss(m1, m2);
            NDArray x = golden.get("x_labeled");
            NDArray y = golden.get("y_onehot");
            NDArray u = golden.get("x_unlabeled");
            NDArray one = golden.get("noise_labeled_m1");
            NDArray two = golden.get("noise_labeled_m2");
            golden.assertLoss("labeled_bound", loss.bound(x, y, one, two).mean());
            golden.assertLoss("cross_entropy", loss.crossEntropy(x, y));
            golden.assertLoss("unlabeled_bound",
                    loss.unlabeled(u, golden.get("noise_unlabeled_m1"), golden.get("noise_unlabeled_m2")));
            Supplier<NDArray> total = () -> loss.labeled(x, y, one, two, golden.scalar("alpha"))
                    .add(loss.unlabeled(u, golden.get("noise_unlabeled_m1"), golden.get("noise_unlabeled_m2")));
            golden.assertLoss("loss", total.get());
            assertGradients(golden, "grad/", m2, total);
            NDArray q = loss.logits(u).softmax(1);
            golden.assertClose("probability_unlabeled", q, 1e-5);
            golden.assertClose("score_abnormal", q.get(":, 1"), 1e-5);
        }
    }

    @Test
    void withoutWeightsNothingIsKnownAndTheBoundHasAClosedForm() {
        try (Golden golden = Golden.read("baselines/ssdgm")) {
            Perceptron m1 = network(golden, "weights/features.", name -> true);
            Perceptron m2 = network(golden, "weights/", name -> !name.startsWith("features."));
            List.of(m1, m2).forEach(network -> network.weights().names().forEach(name -> network.weights().get(name).muli(0)));
            GenerativeLoss loss = new GenerativeLoss(m1, m2);
            NDArray x = golden.get("x_unlabeled"); // 12 pixels; z has 3 dimensions
            NDArray noise1 = golden.manager().zeros(new Shape(12, 4));
            NDArray noise2 = golden.manager().zeros(new Shape(12, 3));
            double bound = 12 * Math.log(2) + Math.log(2) - 1.5 * Math.log(2);
            assertEquals(bound - Math.log(2), loss.unlabeled(x, noise1, noise2).getFloat(), 1e-4);
            assertArrayEquals(new float[] {0, 0}, loss.logits(x).get(0).toFloatArray());
        }
    }
}
