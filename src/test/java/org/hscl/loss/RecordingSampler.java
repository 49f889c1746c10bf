package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what it was asked and what it drew. */
final class RecordingSampler implements RowSampler {

    final List<double[]> masses = new ArrayList<>();
    final List<int[]> draws = new ArrayList<>();

    private final RowSampler seeded = new SeededSampler(1);

    @Override
    public NDArray rows(NDArray mass, int count) {
        NDArray rows = seeded.rows(mass, count);
        masses.add(mass.toDoubleArray());
        draws.add(Arrays.stream(rows.toLongArray()).mapToInt(row -> (int) row).toArray());
        return rows;
    }

    @Override
    public NDArray shares(NDManager manager, int count, int k) {
        return seeded.shares(manager, count, k);
    }
}
