package org.hscl.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hscl.engine.SeededRandom;
import org.hscl.engine.Torch;
import org.hscl.eval.Neighbours;
import org.hscl.scenario.Label;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;
import org.junit.jupiter.api.Test;

class FormulasTest {

    @Test
    void fixMatchLearnsOnlyFromWhatTheTeacherIsSureOf() {
        try (NDManager manager = Torch.engine().newBaseManager(Device.cpu())) {
            NDArray teacher = manager.create(new float[] {5, 0, 0, 1, 0, 9}, new Shape(3, 2)); // sure, unsure, sure
            NDArray student = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(3, 2));
            double first = Math.log(Math.exp(1) + Math.exp(2)) - 1; // the teacher says class 0
            double third = Math.log(Math.exp(5) + Math.exp(6)) - 6; // class 1
            assertEquals((first + third) / 3, FixMatch.consistency(teacher, student).getFloat(), 1e-5);
        }
    }

    @Test
    void theNearestNeighbourIsTheOneOfTheLargestCosine() {
        try (NDManager manager = Torch.engine().newBaseManager(Device.cpu())) {
            Neighbours known = Neighbours.of(new float[][] {{2, 0}, {0, 5}}, manager);
            NDArray z = manager.create(new float[] {3, 4, -1, 0}, new Shape(2, 2));
            assertArrayEquals(new float[] {4, 0}, known.nearest(z).toFloatArray(), 1e-6f);
            assertArrayEquals(new float[] {0.8f, 0}, known.cosine(z).toFloatArray(), 1e-6f);
        }
    }

    @Test
    void theNetworkOfAHypersphereHasNoBiasesAndItsCentreIsNotAtZero() {
        var options = RunOptions.defaults().withDevice("cpu");
        var config = ToyImages.config().withWidth(2).withEpochs(1);
        try (DeepTraining training = new DeepTraining(ToyImages.split(), config, options, TrainingListener.silent())) {
            int[] rows = training.rows(Label.UNLABELED);
            Hypersphere sphere = Hypersphere.of(training, rows);
            for (float coordinate : sphere.center().toFloatArray()) {
                assertTrue(Math.abs(coordinate) >= 0.1f);
            }
            training.run(rows, 8, (batch, random, scratch) -> {
                NDArray z = training.encoder().forward(training.images(batch, scratch), true).projection();
                return sphere.squaredDistance(z).mean();
            }, TrainingListener.silent());
            var weights = training.encoder().weights();
            for (String name : weights.names()) {
                if (name.endsWith(".bias")) {
                    assertEquals(0, weights.get(name).abs().sum().getFloat(), name);
                }
            }
        }
    }

    @Test
    void theDensityOfOneGaussianIsKnown() {
        double expected = -0.5 * 4 / 0.25 - 2 * Math.log(0.5 * Math.sqrt(2 * Math.PI)); // at distance 2, h = ½, 2 dimensions
        assertEquals(expected, KernelDensity.logDensity(new double[] {4}, 0.5, 2), 1e-12);
    }

    @Test
    void thePathInATreeOfTwoIsOne() {
        assertEquals(1, IsolationForest.averagePath(2));
        assertEquals(2 * 0.5772156649 + 2 * Math.log(255) - 2 * 255 / 256.0, IsolationForest.averagePath(256), 1e-9);
    }

    @Test
    void aVectorMethodPrefersTheMiddleOfACloudToItsOutside() {
        var random = SeededRandom.at(1);
        double[][] cloud = IntStream.range(0, 200)
                .mapToObj(i -> new double[] {random.nextGaussian(), 3 + 0.1 * random.nextGaussian()})
                .toArray(double[][]::new);
        for (VectorMethod method : new VectorMethod[] {new OcSvm(), new IsolationForest(), new KernelDensity()}) {
            ToDoubleFunction<double[]> score = method.fit(cloud, 1);
            double middle = score.applyAsDouble(new double[] {0, 3});
            assertTrue(middle > score.applyAsDouble(new double[] {0, 4}), method.name());
            assertTrue(middle > score.applyAsDouble(new double[] {5, 3}), method.name());
        }
    }
}
