package org.hscl.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hscl.baseline.Method;
import org.hscl.detect.NormalityModel;
import org.hscl.engine.Torch;
import org.hscl.eval.Roc;
import org.hscl.model.Weights;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureMethodsTest {

    @TempDir
    static Path folder;

    private static List<Method> methods;

    @BeforeAll
    static void methods() throws IOException {
        Path network = folder.resolve("vector.pt");
        try (InputStream stream = FeatureMethodsTest.class.getResourceAsStream("vector.pt")) {
            Files.copy(stream, network);
        }
        methods = FeatureMethods.all(Backbone.torchScript(network).withSize(16), new FeatureCache(folder.resolve("cache")),
                HeadConfig.defaults().withSteps(60).withHeads(1), 0.15);
    }

    private static double[] scores(Method method, Split split, long seed) {
        try (NormalityModel model = method.fit(split, HsclConfig.defaults().withSeed(seed), RunOptions.defaults().withDevice("cpu"),
                progress -> {})) {
            return model.score(split.test());
        }
    }

    @Test
    void whatReadsLabelsFindsTheAnomaliesThatNeighboursMiss() {
        Split split = FeatureDetectorTest.split();
        Map<String, Double> found = new HashMap<>();
        for (Method method : methods) {
            double[] scores = scores(method, split, 1);
            assertTrue(Arrays.stream(scores).allMatch(Double::isFinite), method.name());
            found.put(method.name().split(" told")[0], Roc.auroc(scores, split.testAbnormal()));
        }
        for (String name : List.of("HSCL", "SOEL", "Deep SAD", "Linear")) {
            assertTrue(found.get(name) > 0.9, () -> name + " of " + found);
        }
        assertTrue(found.get("5-NN") < 0.5, () -> "the dirt stands near itself, so labels are what tells: " + found);
        assertEquals(9, found.size());
    }

    @Test
    void theSameSeedGivesTheSameScoresAndAnotherOthers() {
        Split split = FeatureDetectorTest.split();
        for (String name : List.of("SOEL", "LOE", "Deep SAD")) {
            Method method = FeatureMethods.named(name, methods);
            double[] scores = scores(method, split, 1);
            assertArrayEquals(scores, scores(method, split, 1), name);
            assertFalse(Arrays.equals(scores, scores(method, split, 2)), name);
        }
    }

    @Test
    void theExposedShareOfABatchCountsHalfAsAnomalous() {
        OutlierExposure exposure = new OutlierExposure(0.25, false);
        try (NDManager manager = Torch.engine().newBaseManager()) {
            SplittableRandom random = new SplittableRandom(3);
            float[][] rows = new float[8][6];
            for (float[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = (float) random.nextGaussian();
                }
            }
            FeatureRows.OnDevice sent = new FeatureRows.OnDevice(FeatureRows.matrix(new float[0][], 6, manager),
                    FeatureRows.matrix(rows, 6, manager), FeatureRows.matrix(new float[0][], 6, manager));
            Weights weights = exposure.start(sent, random, manager);
            double[][] terms = new double[8][];
            double first = 0;
            for (int i = 0; i < 8; i++) {
                double[] match = match(rows[i], weights);
                double normal = Arrays.stream(match).map(c -> -Math.log(c)).average().orElseThrow() / Math.log(8);
                double abnormal = Arrays.stream(match).map(c -> -Math.log(1 - c)).average().orElseThrow() / Math.log(8);
                terms[i] = new double[] {normal, abnormal};
                first += normal / 8;
            }
            Arrays.sort(terms, (a, b) -> Double.compare(b[0] - b[1], a[0] - a[1]));
            double later = 0;
            for (int i = 0; i < 8; i++) {
                later += (i < 2 ? (terms[i][0] + terms[i][1]) / 2 : terms[i][0]) / 8;
            }
            assertEquals(first, exposure.loss(sent, sent.unlabeled(), 0, weights).getFloat(), 1e-4);
            assertEquals(later, exposure.loss(sent, sent.unlabeled(), 2, weights).getFloat(), 1e-4);
        }
    }

    /** c by plain loops. */
    private static double[] match(float[] row, Weights weights) {
        double[][] z = new double[9][];
        for (int k = 0; k <= 8; k++) {
            double[] x = new double[6];
            for (int c = 0; c < 6; c++) {
                x[c] = row[c];
            }
            if (k > 0) {
                double[] change = times(times(x, weights.get("change.0").toFloatArray(), 128, (k - 1) * 6 * 128, true),
                        weights.get("change.2").toFloatArray(), 6, (k - 1) * 128 * 6, false);
                for (int c = 0; c < 6; c++) {
                    x[c] += change[c];
                }
            }
            z[k] = times(times(x, weights.get("encoder.0").toFloatArray(), 128, 0, true), weights.get("encoder.2").toFloatArray(), 64, 0, false);
        }
        double[] match = new double[8];
        for (int k = 1; k <= 8; k++) {
            double others = 0;
            for (int l = 0; l <= 8; l++) {
                others += l == k ? 0 : likeness(z[k], z[l]);
            }
            match[k - 1] = likeness(z[k], z[0]) / others;
        }
        return match;
    }

    private static double likeness(double[] a, double[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return Math.exp(ab / Math.sqrt(aa * bb) / 0.1);
    }

    private static double[] times(double[] x, float[] matrix, int columns, int offset, boolean positive) {
        double[] result = new double[columns];
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < x.length; i++) {
                result[j] += x[i] * matrix[offset + i * columns + j];
            }
            result[j] = positive ? Math.max(0, result[j]) : result[j];
        }
        return result;
    }

    @Test
    void anUnknownNameOrShareIsRefusedInASentence() {
        String name = assertThrows(IllegalArgumentException.class, () -> FeatureMethods.named("CSI", methods)).getMessage();
        assertTrue(name.startsWith("on features there is no method 'CSI'; choose one of HSCL, SOEL, LOE, Deep SAD, Linear, 5-NN"), name);
        String share = assertThrows(IllegalArgumentException.class, () -> FeatureMethods.all(
                new Backbone(folder, "", 16, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)), new FeatureCache(folder), HeadConfig.defaults(), 0.7))
                .getMessage();
        assertEquals("share is 0.7; give the anomalies' share of the unlabeled pictures, 0 to 0.5", share);
    }
}
