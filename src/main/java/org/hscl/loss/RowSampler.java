package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.hscl.engine.Numbers;

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

    /** The name of its draws in a parcel. */
    String UNIFORMS = "uniforms of the loss";

    /** Draws by uniform numbers that are on the device already, as many as {@link HsclLoss#uniforms} says, named {@link #UNIFORMS}. */
    static RowSampler of(Numbers sent) {
        return new RowSampler() {
            @Override
            public NDArray rows(NDArray mass, int count) {
                return ThresholdSampling.draw(mass, sent.take(UNIFORMS, mass.getManager(), count));
            }

            @Override
            public NDArray shares(NDManager manager, int count, int k) {
                return sent.take(UNIFORMS, manager, count, k);
            }
        };
    }
}
