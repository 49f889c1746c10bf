package org.hscl.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.hscl.engine.SeededRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TSneTest {

    private static final int PER_CLUSTER = 20;

    /** Three clusters of 20 points in ten dimensions, far apart; point i belongs to cluster i / 20. */
    private static double[][] clusters() {
        var random = SeededRandom.at(3);
        return IntStream.range(0, 3 * PER_CLUSTER)
                .mapToObj(i -> IntStream.range(0, 10)
                        .mapToDouble(d -> random.nextGaussian() + (d == i / PER_CLUSTER ? 20 : 0))
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double divergence(double[][] p, double[][] y) {
        double total = TSne.total(y);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < y.length; j++) {
                sum += i == j ? 0 : p[i][j] * Math.log(p[i][j] * total / TSne.closeness(y[i], y[j]));
            }
        }
        return sum;
    }

    @AfterEach
    void forgetInterruptions() {
        Thread.interrupted();
    }

    @Test
    void everyPointHasTheWantedPerplexity() {
        for (double perplexity : new double[] {2, 5, 30}) {
            for (double[] row : Affinities.conditional(clusters(), perplexity)) {
                double entropy = Arrays.stream(row).filter(p -> p > 0).map(p -> -p * Math.log(p)).sum();
                assertEquals(perplexity, Math.exp(entropy), 1e-4 * perplexity);
                assertEquals(1, Arrays.stream(row).sum(), 1e-12);
            }
        }
    }

    @Test
    void theAffinitiesAreSymmetricAndSumToOne() {
        double[][] p = Affinities.symmetric(clusters(), 10);
        assertEquals(1, Arrays.stream(p).flatMapToDouble(Arrays::stream).sum(), 1e-12);
        assertEquals(p[3][40], p[40][3]);
        assertEquals(0, p[7][7]);
    }

    @Test
    void theGradientIsThatOfTheDivergence() {
        double[][] p = Affinities.symmetric(clusters(), 10);
        var random = SeededRandom.at(4);
        double[][] y = IntStream.range(0, p.length)
                .mapToObj(i -> new double[] {random.nextGaussian(), random.nextGaussian()})
                .toArray(double[][]::new);
        double[][] gradient = TSne.gradient(p, y, 1);
        double h = 1e-5;
        for (int i = 0; i < y.length; i += 7) {
            for (int d = 0; d < 2; d++) {
                double at = y[i][d];
                y[i][d] = at + h;
                double above = divergence(p, y);
                y[i][d] = at - h;
                double below = divergence(p, y);
                y[i][d] = at;
                assertEquals((above - below) / (2 * h), gradient[i][d], 1e-7);
            }
        }
    }

    @Test
    void separatedClustersStaySeparated() {
        double[][] y = TSne.defaults().withPerplexity(10).map(clusters());
        for (int i = 0; i < y.length; i++) {
            int own = i;
            double farthestFriend = IntStream.range(0, y.length)
                    .filter(j -> j / PER_CLUSTER == own / PER_CLUSTER)
                    .mapToDouble(j -> Math.hypot(y[own][0] - y[j][0], y[own][1] - y[j][1]))
                    .max().orElseThrow();
            double nearestStranger = IntStream.range(0, y.length)
                    .filter(j -> j / PER_CLUSTER != own / PER_CLUSTER)
                    .mapToDouble(j -> Math.hypot(y[own][0] - y[j][0], y[own][1] - y[j][1]))
                    .min().orElseThrow();
            assertTrue(nearestStranger > farthestFriend, "point " + i);
        }
    }

    @Test
    void aSeedGivesOneMap() {
        TSne settings = TSne.defaults().withPerplexity(10).withIterations(100);
        double[][] first = settings.map(clusters());
        double[][] second = settings.map(clusters());
        IntStream.range(0, first.length).forEach(i -> assertArrayEquals(first[i], second[i]));
        assertFalse(Arrays.equals(first[0], settings.withSeed(2).map(clusters())[0]));
    }

    @Test
    void repeatedPointsDoNoHarm() {
        double[][] rows = clusters();
        Arrays.fill(rows, 0, 30, rows[0]);
        for (double[] point : TSne.defaults().withPerplexity(5).withIterations(300).map(rows)) {
            assertTrue(Double.isFinite(point[0]) && Double.isFinite(point[1]));
        }
    }

    @Test
    void tooFewRowsAndInterruptionsAreSaid() {
        assertThrows(IllegalArgumentException.class, () -> TSne.defaults().map(new double[20][2]));
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> TSne.defaults().map(clusters()));
    }
}
