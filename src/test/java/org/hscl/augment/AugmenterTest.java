package org.hscl.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.hscl.data.RandomImages;
import org.hscl.engine.ManagerTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AugmenterTest extends ManagerTest {

    private static final int COUNT = 3;
    private static final int SIZE = 16;
    private static final AugmentConfig ONLY_FLIP =
            AugmentConfig.defaults().withJitter(0, 0, 0).withGrayProbability(0).withAreas(1, 1);

    private NDArray images;

    @BeforeEach
    void open() {
        images = RandomImages.batch(manager, COUNT, SIZE, 1);
    }

    private NDArray twoViews(AugmentConfig config, NDArray of, long seed) {
        return new Augmenter(config).twoViews(of, new SplittableRandom(seed));
    }

    @Test
    void rowsAreViewMajorThenRotationMajorThenImage() {
        NDArray rows = twoViews(ONLY_FLIP, images, 1);
        assertEquals(new Shape(8 * COUNT, 3, SIZE, SIZE), rows.getShape());
        for (int view = 0; view < 2; view++) {
            for (int i = 0; i < COUNT; i++) {
                NDArray unrotated = rows.get(view * 4 * COUNT + i);
                assertTrue(isClose(unrotated, images.get(i)) || isClose(unrotated, images.get(i).flip(2)));
                for (int r = 1; r < 4; r++) {
                    NDArray rotated = rows.get((view * 4 + r) * COUNT + i);
                    assertTrue(isClose(rotated, unrotated.rotate90(r, new int[] {1, 2})), "view " + view + ", rotation " + r);
                }
            }
        }
    }

    private static boolean isClose(NDArray a, NDArray b) {
        return a.sub(b).abs().max().getFloat() < 1e-5;
    }

    @Test
    void halfOfTheImagesAreFlippedInEachViewOnItsOwn() {
        NDArray many = RandomImages.batch(manager, 400, 4, 1);
        NDArray rows = twoViews(ONLY_FLIP, many, 1);
        int[] flipped = new int[2];
        int alike = 0;
        for (int i = 0; i < 400; i++) {
            boolean first = !isClose(rows.get(i), many.get(i));
            boolean second = !isClose(rows.get(1600 + i), many.get(i));
            flipped[0] += first ? 1 : 0;
            flipped[1] += second ? 1 : 0;
            alike += first == second ? 1 : 0;
        }
        assertEquals(200, flipped[0], 50);
        assertEquals(200, flipped[1], 50);
        assertEquals(200, alike, 50);
    }

    @Test
    void sameSeedReplaysAndAnotherDiffers() {
        float[] once = twoViews(AugmentConfig.defaults(), images, 5).toFloatArray();
        assertArrayEquals(once, twoViews(AugmentConfig.defaults(), images, 5).toFloatArray());
        assertFalse(Arrays.equals(once, twoViews(AugmentConfig.defaults(), images, 6).toFloatArray()));
    }

    @Test
    void eachRowHasItsOwnDraws() {
        NDArray alike = images.get("0:1").repeat(0, COUNT);
        NDArray rows = twoViews(AugmentConfig.defaults(), alike, 1);
        for (int i = 1; i < 8 * COUNT; i++) {
            assertFalse(isClose(rows.get(0), rows.get(i)), "row " + i);
        }
    }

    @Test
    void valuesStayInRangeAndGrayStaysGray() {
        NDArray rows = twoViews(AugmentConfig.defaults(), images, 1);
        assertTrue(rows.min().getFloat() >= -1e-6 && rows.max().getFloat() <= 1 + 1e-6);
        NDArray gray = images.get(":, 0:1").broadcast(images.getShape());
        NDArray views = twoViews(AugmentConfig.defaults(), gray, 1);
        assertTrue(isClose(views.get(":, 0"), views.get(":, 1")) && isClose(views.get(":, 0"), views.get(":, 2")));
    }

    @Test
    void aFifthOfTheImagesTurnsGray() {
        boolean[] gray = new Grayscale(AugmentConfig.defaults().grayProbability()).draw(40_000, SIZE, new SplittableRandom(1)).images();
        int count = 0;
        for (boolean one : gray) {
            count += one ? 1 : 0;
        }
        assertEquals(0.2, count / 40_000.0, 0.01);
    }

    @Test
    void ensembleSampleOfAnImageDoesNotDependOnItsBatch() {
        Augmenter augmenter = new Augmenter(AugmentConfig.defaults().forEnsemble());
        NDArray together = augmenter.ensembleSample(images, new SplittableRandom(1));
        for (int i = 0; i < COUNT; i++) {
            NDArray alone = augmenter.ensembleSample(images.get(i + ":" + (i + 1)), new SplittableRandom(1));
            for (int r = 0; r < 4; r++) {
                assertTrue(isClose(together.get(r * COUNT + i), alone.get(r)), "image " + i + ", rotation " + r);
            }
        }
    }

    @Test
    void fourQuarterTurnsAndTwoFlipsAreTheIdentity() {
        NDArray turned = images;
        for (int r = 0; r < 4; r++) {
            turned = Rotation.apply(turned, 1);
        }
        boolean[] all = {true, true, true};
        assertArrayEquals(images.toFloatArray(), turned.toFloatArray());
        assertArrayEquals(images.toFloatArray(), new Flip("flips", all).on(new Flip("flips", all).on(images)).toFloatArray());
    }

    @Test
    void settingsOutsideTheirRangesAreNamed() {
        AugmentConfig config = AugmentConfig.defaults();
        assertThrows(IllegalArgumentException.class, () -> config.withAreas(0, 1));
        assertThrows(IllegalArgumentException.class, () -> config.withAreas(0.5, 0.4));
        assertThrows(IllegalArgumentException.class, () -> config.withAreas(0.5, 1.1));
        assertThrows(IllegalArgumentException.class, () -> config.withGrayProbability(-0.1));
        assertThrows(IllegalArgumentException.class, () -> config.withJitter(1.1, 0.4, 0.1));
        assertThrows(IllegalArgumentException.class, () -> config.withJitter(0.8, Double.NaN, 0.1));
    }
}
