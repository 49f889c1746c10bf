package org.hscl.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;

/** One image or the other, by a coin for each. */
final class Masks {

    private Masks() {}

    /** Image i of {@code yes} where {@code chosen[i]}, else of {@code no}, both (N, 3, H, W); one coin may serve all. */
    static NDArray choose(boolean[] chosen, NDArray yes, NDArray no) {
        if (chosen.length == 1) {
            return chosen[0] ? yes : no;
        }
        NDArray mask = no.getManager().create(chosen, new Shape(chosen.length, 1, 1, 1)); // (N, 1, 1, 1)
        return NDArrays.where(mask.broadcast(no.getShape()), yes, no);
    }

    /** Whether no image was chosen, so that there is nothing to compute. */
    static boolean none(boolean[] chosen) {
        for (boolean one : chosen) {
            if (one) {
                return false;
            }
        }
        return true;
    }

    static boolean[] draw(int count, double probability, SplittableRandom random) {
        boolean[] chosen = new boolean[count];
        for (int i = 0; i < count; i++) {
            chosen[i] = random.nextDouble() < probability;
        }
        return chosen;
    }
}
