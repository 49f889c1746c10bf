package org.hscl.baseline;

import java.util.function.ToDoubleFunction;

/** A one-class method on plain vectors. */
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
}
