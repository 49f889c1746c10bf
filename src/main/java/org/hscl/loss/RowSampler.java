package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.hscl.engine.SeededRandom;

/** Where the normal-to-abnormal relation gets its draws: seeded, or replayed by a test. */
public interface RowSampler {

    /**
     * Draws rows with replacement.
     *
     * @param mass how likely each row is, up to a factor, (N, 1), at least 0
     * @param count how many rows
     * @return row numbers in [0, N), int64, (count)
     */
    NDArray rows(NDArray mass, int count);

    /**
     * Draws the shares of a mix.
     *
     * @return uniform in [0, 1), (count, k)
     */
    NDArray shares(NDManager manager, int count, int k);

    /** Draws from a seeded generator. */
    static RowSampler seeded(SplittableRandom random) {
        return new RowSampler() {
            @Override
            public NDArray rows(NDArray mass, int count) {
                float[] uniforms = SeededRandom.uniform(count, 0, 1, random);
                return ThresholdSampling.draw(mass, mass.getManager().create(uniforms));
            }

            @Override
            public NDArray shares(NDManager manager, int count, int k) {
                return manager.create(SeededRandom.uniform(count * k, 0, 1, random), new Shape(count, k));
            }
        };
    }
}
