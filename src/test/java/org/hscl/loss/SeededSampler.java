package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import org.hscl.engine.Parcel;
import org.hscl.engine.SeededRandom;

/** Draws as many numbers as it is asked for. */
final class SeededSampler implements RowSampler {

    private final SplittableRandom random;

    SeededSampler(long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    public NDArray rows(NDArray mass, int count) {
        return uniforms(mass.getManager(), count).rows(mass, count);
    }

    @Override
    public NDArray shares(NDManager manager, int count, int k) {
        return uniforms(manager, count * k).shares(manager, count, k);
    }

    private RowSampler uniforms(NDManager manager, int count) {
        return RowSampler.of(new Parcel().put(RowSampler.UNIFORMS, SeededRandom.uniform(count, 0, 1, random)).send(manager));
    }
}
