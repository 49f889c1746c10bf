package org.hscl.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hscl.augment.AugmentConfig;
import org.hscl.data.DataSets;
import org.hscl.data.ImageSet;
import org.hscl.scenario.OneClass;
import org.hscl.scenario.Split;
import org.junit.jupiter.api.Test;

class GalleriesTest {

    private static final ImageSet IMAGES = DataSets.digits().test().first(6);

    private static List<String> captions(Pictures pictures) {
        return pictures.rows().get(0).tiles().stream().map(Pictures.Tile::caption).toList();
    }

    private static String caption(int row) {
        return "%s\n%.3f".formatted(IMAGES.classNames().get(IMAGES.labels()[row]), ChartsTest.SCORES[row]);
    }

    @Test
    void theMostAnomalousImagesComeLowestFirst() {
        assertEquals(
                List.of(caption(5), caption(4)), captions(Galleries.mostAnomalous(IMAGES, ChartsTest.SCORES, 2)));
    }

    @Test
    void ownPicturesAreCaptionedByTheirFiles() {
        List<String> files = IntStream.range(0, 6).mapToObj(i -> "folder/" + i + ".png").toList();
        ImageSet own = new ImageSet(
                "own", "", IMAGES.size(), IMAGES.pixels(), IMAGES.labels(), IMAGES.classNames(), files);
        String first = captions(Galleries.mostAnomalous(own, ChartsTest.SCORES, 1)).get(0);
        assertEquals("5.png\n%.3f".formatted(ChartsTest.SCORES[5]), first);
    }

    @Test
    void onlyAnomaliesAreConvincingAnomalies() {
        Pictures pictures = Galleries.mostConvincingAnomalies(IMAGES, ChartsTest.SCORES, ChartsTest.ABNORMAL, 2);
        assertEquals(List.of(caption(2), caption(4)), captions(pictures));
    }

    @Test
    void aSplitIsShownByState() {
        Split split = OneClass.defaults().withNormal("3").withPollutionRatio(0.1).split(DataSets.digits());
        List<String> names =
                Galleries.perState(split, 5).rows().stream().map(Pictures.Row::name).toList();
        assertEquals(List.of("unlabeled normal", "unlabeled abnormal", "labeled normal", "labeled abnormal"), names);
    }

    @Test
    void unlabeledImagesAreShownWithoutTheirTruth() {
        Split split = OneClass.defaults().withNormal("3").withPollutionRatio(0.1).split(DataSets.digits());
        Pictures pictures = Galleries.unlabeled(split, 2, 5, 1);
        assertEquals(2, pictures.rows().size());
        pictures.rows().forEach(row -> assertEquals(
                List.of("", ""), List.of(row.name(), row.tiles().get(0).caption())));
    }

    @Test
    void eachAugmentationIsShownOnEveryImage() {
        Map<String, ImageSet> rows = Views.each(IMAGES, AugmentConfig.defaults(), 1);
        assertArrayEquals(IMAGES.pixels(), rows.get("original").pixels());
        byte[] mirrored = rows.get("horizontal flip").pixels();
        int middle = 16 * 32;
        IntStream.range(0, 32).forEach(x -> assertEquals(IMAGES.pixels()[middle + x], mirrored[middle + 31 - x]));
        Stream.of("rotation by 90°", "Inception crop", "all but rotation").forEach(name -> assertFalse(
                Arrays.equals(IMAGES.pixels(), rows.get(name).pixels()), name));
    }

    @Test
    void aTrainingBatchHasEightViewsOfEachImage() {
        Map<String, ImageSet> rows = Views.batch(IMAGES, AugmentConfig.defaults(), 1);
        assertEquals(8, rows.size());
        assertEquals(List.of("view 1, 0°", "view 1, 90°"), rows.keySet().stream().limit(2).toList());
        rows.values().forEach(row -> assertArrayEquals(IMAGES.labels(), row.labels()));
    }
}
