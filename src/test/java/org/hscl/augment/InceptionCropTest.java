package org.hscl.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.hscl.data.RandomImages;
import org.hscl.engine.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InceptionCropTest {

    private static final int DRAWS = 40_000;
    private static final int SIZE = 32;

    private static InceptionCrop.Parameters draw(AugmentConfig config, long seed) {
        return InceptionCrop.of(config).draw(DRAWS, SIZE, new SplittableRandom(seed));
    }

    /** Rejection makes large crops rarer: mean area 0.490, where clipping would give 0.534. */
    @Test
    void drawsThatDoNotFitAreRejectedNotClipped() {
        InceptionCrop.Parameters crop = draw(AugmentConfig.defaults(), 1);
        double sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            sum += crop.width()[i] * crop.height()[i];
        }
        assertEquals(0.490, sum / DRAWS, 0.006);
    }

    @Test
    void sizesAndPositionsAreWholePixelsInsideTheImage() {
        InceptionCrop.Parameters crop = draw(AugmentConfig.defaults(), 2);
        for (int i = 0; i < DRAWS; i++) {
            assertInside(crop.width()[i], crop.centerX()[i]);
            assertInside(crop.height()[i], crop.centerY()[i]);
            double aspect = crop.width()[i] / crop.height()[i];
            assertTrue(aspect > 0.6 && aspect < 1.67, "aspect " + aspect); // 3/4 … 4/3, up to whole pixels
        }
    }

    private static void assertInside(float part, float center) {
        double pixels = part * SIZE;
        double left = (center + 1) * SIZE / 2 - pixels / 2;
        assertEquals(Math.rint(pixels), pixels, 1e-4);
        assertEquals(Math.rint(left), left, 1e-4);
        assertTrue(pixels >= 1 && left > -1e-4 && left + pixels < SIZE + 1e-4);
    }

    @Test
    void positionsAreUniformOverThoseThatFit() {
        InceptionCrop.Parameters crop = draw(AugmentConfig.defaults(), 3);
        int[] lefts = new int[SIZE];
        int halves = 0;
        for (int i = 0; i < DRAWS; i++) {
            if (Math.round(crop.width()[i] * SIZE) == 16) {
                lefts[Math.round((crop.centerX()[i] + 1) * 16 - 8)]++;
                halves++;
            }
        }
        double expected = halves / 17.0; // 0 … 16
        for (int left = 0; left <= 16; left++) {
            assertEquals(expected, lefts[left], 5 * Math.sqrt(expected), "left " + left);
        }
        assertTrue(halves > 500);
    }

    @Test
    void ensembleCropsKeepOneArea() {
        InceptionCrop.Parameters crop = draw(AugmentConfig.defaults().forEnsemble(), 4);
        for (int i = 0; i < DRAWS; i++) {
            assertEquals(AugmentConfig.ENSEMBLE_AREA, crop.width()[i] * crop.height()[i], 0.03);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1})
    void extremeAreasEnd(double area) {
        InceptionCrop.Parameters crop =
                InceptionCrop.of(AugmentConfig.defaults().withAreas(area, area)).draw(10, SIZE, new SplittableRandom(1));
        for (float width : crop.width()) {
            assertEquals(area < 0.5 ? 1f / SIZE : 1, width, 0.05);
        }
    }

    @Test
    void wholeImageStaysAndAPartIsEnlarged() {
        try (NDManager manager = Torch.engine().newBaseManager()) {
            NDArray x = RandomImages.batch(manager, 2, SIZE, 1);
            float[] none = {0, 0};
            float[] whole = {1, 1};
            NDArray same = new InceptionCrop.Parameters(whole, whole, none, none).on(x);
            assertArrayEquals(x.toFloatArray(), same.toFloatArray(), 1e-5f);
            // Two by two pixels of one colour fill the image, up to the blend at their edge.
            float[] part = {2f / SIZE, 2f / SIZE};
            float[] corner = {2f / SIZE - 1, 2f / SIZE - 1};
            NDArray spot = manager.zeros(new Shape(2, 3, SIZE, SIZE));
            spot.set(new ai.djl.ndarray.index.NDIndex(":, :, 0:3, 0:3"), 1);
            NDArray enlarged = new InceptionCrop.Parameters(part, part, corner, corner).on(spot);
            assertEquals(1, enlarged.min().getFloat(), 1e-5);
            assertEquals(1, enlarged.max().getFloat(), 1e-5);
        }
    }
}
