package org.hscl.baseline;

import java.util.function.ToDoubleFunction;
import org.hscl.scenario.Label;

/** A method on plain vectors, one-class as a rule. */
interface VectorMethod {

    /** Its name in tables. */
    String name();

    /** The paper that it comes from. */
    String citation();

    /**
     * Learns what normal vectors are.
     *
     * @param rows mostly normal vectors, (N, D)
     * @param seed of its draws, if it makes any
     * @return the score of a vector, higher is more normal
     */
    ToDoubleFunction<double[]> fit(double[][] rows, long seed);

    /** Whether it also learns from labeled abnormal vectors. */
    default boolean readsAbnormal() {
        return false;
    }

    /** The same with the labels of the rows, (N), which most of these methods do not read. */
    default ToDoubleFunction<double[]> fit(double[][] rows, Label[] labels, long seed) {
        return fit(rows, seed);
    }
}
