package org.hscl.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PixelScoresTest {

    private static final int WIDTH = 12;
    /** Two regions, of 4 and 12 pixels, that do not touch. */
    private static final boolean[] TRUTH = new boolean[WIDTH * WIDTH];
    private static final int[] OF_REGION = new int[WIDTH * WIDTH];

    static {
        for (int i = 0; i < TRUTH.length; i++) {
            int x = i % WIDTH;
            int y = i / WIDTH;
            OF_REGION[i] = x < 2 && y < 2 ? 1 : x >= 5 && x < 9 && y >= 6 && y < 9 ? 2 : 0;
            TRUTH[i] = OF_REGION[i] > 0;
        }
    }

    @Test
    void areasAreThoseOfEveryThreshold() {
        SplittableRandom random = new SplittableRandom(1);
        double[] scores = IntStream.range(0, TRUTH.length).mapToDouble(i -> random.nextDouble() * 4 - (TRUTH[i] ? 1 : 0)).toArray();
        PixelScores pixels = new PixelScores();
        pixels.add(scores, TRUTH, WIDTH);
        assertEquals(2, pixels.regions());
        assertEquals(Roc.auroc(scores, TRUTH), pixels.auroc(), 2e-3);
        assertEquals(naive(scores), pixels.aupro(), 2e-3);
    }

    /** The trapezoids of mean overlap against false positive rate, cut at 0.3. */
    private static double naive(double[] scores) {
        List<double[]> curve = new ArrayList<>(List.of(new double[] {0, 0}));
        for (double threshold : DoubleStream.of(scores).sorted().toArray()) {
            double[] found = new double[3];
            double[] all = new double[3];
            for (int i = 0; i < scores.length; i++) {
                all[OF_REGION[i]]++;
                found[OF_REGION[i]] += scores[i] <= threshold ? 1 : 0;
            }
            curve.add(new double[] {found[0] / all[0], (found[1] / all[1] + found[2] / all[2]) / 2});
        }
        double area = 0;
        for (int i = 1; i < curve.size(); i++) {
            double from = curve.get(i - 1)[0];
            double to = Math.min(0.3, curve.get(i)[0]);
            if (from < to) {
                double part = (to - from) / (curve.get(i)[0] - from);
                double end = curve.get(i - 1)[1] + part * (curve.get(i)[1] - curve.get(i - 1)[1]);
                area += (to - from) * (curve.get(i - 1)[1] + end) / 2;
            }
        }
        return area / 0.3;
    }

    @Test
    void aPerfectMapHasAreasOfOneAndARegionCountsWhateverItsSize() {
        PixelScores perfect = new PixelScores();
        perfect.add(IntStream.range(0, TRUTH.length).mapToDouble(i -> TRUTH[i] ? -1 : 1).toArray(), TRUTH, WIDTH);
        assertEquals(1, perfect.auroc(), 1e-9);
        assertEquals(1, perfect.aupro(), 1e-9);
        PixelScores onlyTheLarge = new PixelScores();
        onlyTheLarge.add(IntStream.range(0, TRUTH.length).mapToDouble(i -> OF_REGION[i] == 2 ? -1 : OF_REGION[i] == 0 ? 1 : 2).toArray(), TRUTH, WIDTH);
        assertEquals(0.5, onlyTheLarge.aupro(), 1e-9);
        assertEquals(12 / 16.0, onlyTheLarge.auroc(), 1e-9);
    }

    @Test
    void whatHasNoMarksHasNoArea() {
        PixelScores pixels = new PixelScores();
        pixels.add(new double[4], new boolean[4], 2);
        assertThrows(IllegalArgumentException.class, pixels::aupro);
        assertThrows(IllegalArgumentException.class, () -> pixels.add(new double[4], new boolean[4], 3));
    }
}
