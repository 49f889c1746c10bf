package org.hscl.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.hscl.augment.Rotation;
import org.hscl.data.ImageSet;
import org.hscl.engine.Torch;
import org.hscl.eval.Encodings;
import org.hscl.model.Encoder;
import org.hscl.model.EncoderConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsiModelTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theScoreIsThatOfTheFormula(boolean shift) {
        ImageSet train = ToyImages.split().train().first(12);
        ImageSet test = ToyImages.split().test().first(5);
        try (NDManager outer = Torch.engine().newBaseManager(Device.cpu())) {
            NDManager manager = Torch.engine().newBaseManager(Device.cpu());
            Encoder encoder = Encoder.create(EncoderConfig.defaults().withWidth(2), 1, manager);
            // A bias on the logits makes their means clearly positive, so that none is left out.
            encoder.weights().get("shift.bias").addi(5);
            double[] expected = new double[test.count()];
            for (int r = 0; r < Rotation.COUNT; r++) {
                add(expected, rows(train, r, encoder, outer), rows(test, r, encoder, outer), r, shift);
            }
            try (CsiModel model = new CsiModel(encoder, manager, train, shift)) {
                double[] scores = model.score(test);
                for (int i = 0; i < scores.length; i++) {
                    assertEquals(expected[i], scores[i], 1e-4 * Math.abs(expected[i]));
                }
            }
        }
    }

    /** One rotation's quarter of the score, by loops. */
    private static void add(double[] scores, float[][] train, float[][] test, int rotation, boolean shift) {
        int d = train[0].length - Rotation.COUNT;
        double meanNorm = Arrays.stream(train).mapToDouble(row -> norm(row, d)).average().orElseThrow();
        double meanLogit = Arrays.stream(train).mapToDouble(row -> row[d + rotation]).average().orElseThrow();
        for (int i = 0; i < test.length; i++) {
            double nearest = -1;
            for (float[] other : train) {
                nearest = Math.max(nearest, dot(test[i], other, d) / (norm(test[i], d) * norm(other, d)));
            }
            double logit = shift ? test[i][d + rotation] / meanLogit : 0;
            scores[i] += (nearest * norm(test[i], d) / meanNorm + logit) / Rotation.COUNT;
        }
    }

    private static double dot(float[] a, float[] b, int d) {
        double sum = 0;
        for (int i = 0; i < d; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double norm(float[] row, int d) {
        return Math.sqrt(dot(row, row, d));
    }

    /** z_r and the four logits, (N, D + 4). */
    private static float[][] rows(ImageSet images, int rotation, Encoder encoder, NDManager manager) {
        return Encodings.read(images, manager, batch -> {
            Encoder.Output output = encoder.forward(Rotation.apply(batch, rotation), false);
            NDArray both = output.projection().concat(output.shift(), 1);
            return Encodings.rows(both);
        });
    }
}
