package org.hscl.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hscl.scenario.Split;
import org.junit.jupiter.api.Test;

class SuggestionTest {

    /** Ten kinds of pictures, 20 of each, on the corners of a simplex. */
    private static float[][] kinds() {
        SplittableRandom random = new SplittableRandom(1);
        return IntStream.range(0, 200).mapToObj(i -> {
            float[] row = new float[10];
            for (int c = 0; c < 10; c++) {
                row[c] = (float) ((c == i % 10 ? 10 : 0) + 0.1 * random.nextGaussian());
            }
            return row;
        }).toArray(float[][]::new);
    }

    @Test
    void everyKindIsAskedAboutOnceBeforeAnyTwice() {
        int[] rows = Suggestion.rows(kinds(), new double[200], 0, 10, 1);
        assertEquals(10, IntStream.of(rows).map(row -> row % 10).distinct().count(), Arrays.toString(rows));
    }

    @Test
    void whatLiesNearTheThresholdIsPreferredWhateverTheScaleOfTheScores() {
        SplittableRandom random = new SplittableRandom(2);
        float[][] features = IntStream.range(0, 400).mapToObj(i -> new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()})
                .toArray(float[][]::new);
        double[] scores = IntStream.range(0, 400).mapToDouble(i -> i).toArray();
        int[] rows = Suggestion.rows(features, scores, 100.5, 20, 3);
        assertTrue(IntStream.of(rows).filter(row -> row >= 40 && row <= 160).count() >= 12, Arrays.toString(rows));
        double[] saturated = Arrays.stream(scores).map(score -> 1 - Math.exp(-score / 20)).toArray();
        assertArrayEquals(rows, Suggestion.rows(features, saturated, 1 - Math.exp(-100.5 / 20), 20, 3));
    }

    @Test
    void noPictureIsSuggestedTwiceEvenAmongCopies() {
        float[][] copies = new float[30][4];
        int[] rows = Suggestion.rows(copies, new double[30], 0, 30, 1);
        assertEquals(30, IntStream.of(rows).distinct().count());
        String message = assertThrows(IllegalArgumentException.class, () -> Suggestion.rows(copies, new double[30], 0, 31, 1)).getMessage();
        assertEquals("31 pictures are to be suggested of 30; ask for at least 1 and at most all", message);
    }

    @Test
    void aDetectorSuggestsThePicturesItself() {
        Split split = Tiny.split();
        try (AnomalyDetector detector = Tiny.fit(Tiny.config())) {
            int[] rows = detector.suggest(split.test(), 5);
            assertEquals(5, IntStream.of(rows).distinct().count());
            assertArrayEquals(rows, detector.suggest(split.test(), 5), "the same for the same pictures");
        }
    }
}
