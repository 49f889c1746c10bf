package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Float64 inputs of losses, for tests. */
final class RandomRows {

    private RandomRows() {}

    /** Standard normal values, (rows, columns). */
    static NDArray normal(NDManager manager, int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian();
        }
        return manager.create(values, new Shape(rows, columns));
    }

    /** Uniform values in (0, 1), (rows, columns). */
    static NDArray uniform(NDManager manager, int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble(0.01, 1);
        }
        return manager.create(values, new Shape(rows, columns));
    }

    /** The unit vectors of some axes, (axes, dimensions). */
    static NDArray axes(NDManager manager, int dimensions, int... axes) {
        double[] values = new double[axes.length * dimensions];
        for (int i = 0; i < axes.length; i++) {
            values[i * dimensions + axes[i]] = 1;
        }
        return manager.create(values, new Shape(axes.length, dimensions));
    }

    /** Row numbers, int64. */
    static NDArray index(NDManager manager, int... rows) {
        return manager.create(LongStream.range(0, rows.length).map(i -> rows[(int) i]).toArray());
    }

    /** Row numbers below a bound. */
    static int[] draws(int count, int bound, long seed) {
        return new SplittableRandom(seed).ints(count, 0, bound).toArray();
    }

    /** A matrix on the host. */
    static double[][] values(NDArray matrix) {
        int rows = (int) matrix.getShape().get(0);
        int columns = (int) matrix.getShape().get(1);
        double[] flat = matrix.toDoubleArray();
        double[][] values = new double[rows][columns];
        for (int i = 0; i < flat.length; i++) {
            values[i / columns][i % columns] = flat[i];
        }
        return values;
    }
}
