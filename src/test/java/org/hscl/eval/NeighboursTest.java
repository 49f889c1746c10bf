package org.hscl.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.hscl.engine.SeededRandom;
import org.hscl.engine.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeighboursTest {

    private static NDArray rows(NDManager manager, int count, long seed) {
        return manager.create(SeededRandom.uniform(count * 6, -1, 1, new SplittableRandom(seed)), new Shape(count, 6));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 9})
    void scoreIsTheMeanCosineWithTheNearestRows(int k) {
        try (NDManager manager = Torch.engine().newBaseManager()) {
            float[][] query = Encodings.rows(rows(manager, 4, 1));
            float[][] train = Encodings.rows(rows(manager, 9, 2));
            float[] scores = Neighbours.meanCosine(rows(manager, 4, 1), rows(manager, 9, 2), k).toFloatArray();
            for (int i = 0; i < 4; i++) {
                float[] row = query[i];
                double[] similarity = Arrays.stream(train).mapToDouble(other -> cosine(row, other)).sorted().toArray();
                double expected = Arrays.stream(similarity).skip(9 - k).average().orElseThrow();
                assertEquals(expected, scores[i], 1e-6);
            }
        }
    }

    @Test
    void rowsOfLengthZeroScoreZero() {
        try (NDManager manager = Torch.engine().newBaseManager()) {
            NDArray zeros = manager.zeros(new Shape(2, 6));
            assertEquals(0, Neighbours.meanCosine(zeros, rows(manager, 9, 2), 1).getFloat(0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10})
    void neighboursThatDoNotExistAreNamed(int k) {
        try (NDManager manager = Torch.engine().newBaseManager()) {
            NDArray train = rows(manager, 9, 2);
            assertThrows(IllegalArgumentException.class, () -> Neighbours.meanCosine(train, train, k));
        }
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double first = 0;
        double second = 0;
        for (int d = 0; d < a.length; d++) {
            dot += a[d] * b[d];
            first += a[d] * a[d];
            second += b[d] * b[d];
        }
        return dot / Math.sqrt(first * second);
    }
}
