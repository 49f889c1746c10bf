package org.hscl.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.hscl.augment.AugmentConfig;
import org.hscl.augment.Augmenter;
import org.hscl.data.ImageSet;
import org.hscl.data.RandomImages;
import org.hscl.engine.ManagerTest;
import org.hscl.engine.SeededRandom;
import org.hscl.loss.Variant;
import org.hscl.model.DeviceImages;
import org.hscl.model.Encoder;
import org.hscl.model.EncoderConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Eq. 9 and the ensemble on images, against loops over single images. */
class ImageScoresTest extends ManagerTest {

    private static final int COUNT = 7;
    private static final AugmentConfig AUGMENT = AugmentConfig.defaults();
    private static final EnsembleConfig ENSEMBLE = EnsembleConfig.defaults().withSamples(3);

    private Encoder encoder;
    private ImageSet images;

    @BeforeEach
    void open() {
        encoder = Encoder.create(
                EncoderConfig.defaults().withWidth(4).withProjectionDimensions(16).withPrototypes(2), 1, manager);
        encoder.weights().requireGradients();
        images = RandomImages.set(COUNT, 32, 1);
        encoder.forward(RandomImages.batch(manager, 16, 32, 2), true);
    }

    private double[] ensemble(EnsembleConfig config, ImageSet of) {
        return EnsembleScore.calibrated(config, images, encoder, AUGMENT, manager).of(of, encoder, AUGMENT, manager);
    }

    @Test
    void normalityIsTheCosineWithTheNearestPrototype() {
        double[] scores = NormalityScore.of(images, encoder, manager);
        float[][] z = Encodings.projections(images, encoder, manager);
        float[][] p = Encodings.rows(encoder.prototypes().transpose());
        for (int i = 0; i < COUNT; i++) {
            assertEquals(Math.max(cosine(z[i], p[0]), cosine(z[i], p[1])), scores[i], 1e-5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ensembleEqualsTheFormulaImageByImage(Variant variant) {
        EnsembleScore score =
                EnsembleScore.calibrated(ENSEMBLE.withVariant(variant), images, encoder, AUGMENT, manager);
        double[] scores = score.of(images, encoder, AUGMENT, manager);
        double[] norms = new double[4];
        for (int i = 0; i < COUNT; i++) {
            float[][][] mean = meansOf(i);
            double expected = 0;
            for (int r = 0; r < 4; r++) {
                float[] z = mean[0][r];
                double nearest = Double.NEGATIVE_INFINITY;
                for (float[] p : Encodings.rows(encoder.prototypes().transpose())) {
                    double length = variant == Variant.PAPER ? Math.sqrt(dot(p, p)) : 1;
                    nearest = Math.max(nearest, dot(z, p) / length);
                }
                norms[r] += Math.sqrt(dot(z, z)) / COUNT;
                Calibration factors = score.calibration();
                expected += (factors.similarity()[r] * nearest + factors.shift()[r] * mean[1][r][0]) / 4;
            }
            assertEquals(expected, scores[i], 1e-4 * Math.max(1, Math.abs(expected)));
        }
        for (int r = 0; r < 4; r++) {
            assertEquals(1 / norms[r], score.calibration().similarity()[r], 1e-4 / norms[r]);
        }
    }

    /** z̄_r, (4, D), and s̄_r, (4, 1), of one image, sample by sample. */
    private float[][][] meansOf(int image) {
        float[][] z = new float[4][16];
        float[][] shift = new float[4][1];
        Augmenter augmenter = new Augmenter(AUGMENT.forEnsemble());
        for (int s = 0; s < ENSEMBLE.samples(); s++) {
            try (NDManager scratch = manager.newSubManager();
                    DeviceImages one = new DeviceImages(images.select(new int[] {image}), scratch)) {
                var random = SeededRandom.at(ENSEMBLE.seed(), 0xE45E, s);
                var views = augmenter.ensembleSample(one.batch(new int[] {0}, scratch), random);
                Encoder.Output output = encoder.forward(views, false);
                for (int r = 0; r < 4; r++) {
                    float[] row = output.projection().get(r).toFloatArray();
                    for (int d = 0; d < row.length; d++) {
                        z[r][d] += row[d] / ENSEMBLE.samples();
                    }
                    shift[r][0] += output.shift().getFloat(r, r) / ENSEMBLE.samples();
                }
            }
        }
        return new float[][][] {z, shift};
    }

    /** Bit by bit, so that the same picture gets the same decision in every folder. */
    @ParameterizedTest
    @EnumSource
    void scoreOfAnImageDependsNeitherOnItsBatchNorOnTheOrder(Variant variant) {
        EnsembleConfig config = ENSEMBLE.withVariant(variant);
        double[] together = ensemble(config, images);
        int[] backwards = IntStream.range(0, COUNT).map(i -> COUNT - 1 - i).toArray();
        double[] reversed = ensemble(config, images.select(backwards));
        double[] clean = NormalityScore.of(images, encoder, manager);
        for (int i = 0; i < COUNT; i++) {
            ImageSet one = images.select(new int[] {i});
            assertEquals(together[i], reversed[COUNT - 1 - i]);
            assertEquals(together[i], ensemble(config, one)[0]);
            assertEquals(clean[i], NormalityScore.of(one, encoder, manager)[0]);
        }
    }

    @Test
    void seedDecidesTheSamples() {
        double[] scores = ensemble(ENSEMBLE, images);
        assertArrayEquals(scores, ensemble(ENSEMBLE, images));
        assertFalse(Arrays.equals(scores, ensemble(ENSEMBLE.withSeed(2), images)));
    }

    @Test
    void scoringLeavesNoArrayBehind() {
        int before = manager.getManagedArrays().size();
        NormalityScore.of(images, encoder, manager);
        ensemble(ENSEMBLE, images);
        Encodings.features(images, encoder, manager);
        assertEquals(before, manager.getManagedArrays().size());
        assertTrue(before > 0);
    }

    private static double cosine(float[] a, float[] b) {
        return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    private static double dot(float[] a, float[] b) {
        return IntStream.range(0, a.length).mapToDouble(d -> (double) a[d] * b[d]).sum();
    }
}
