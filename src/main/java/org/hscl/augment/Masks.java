package org.hscl.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import java.util.SplittableRandom;
import org.hscl.engine.Scalar;

/** One image or the other, by a coin for each. */
final class Masks {

    private Masks() {}

    /**
     * Image i of {@code yes} where {@code chosen[i]}, else of {@code no}, both (N, 3, H, W); one coin may serve all.
     *
     * @param flags the coins on the device, 1 or 0, (N, 1, 1, 1)
     */
    static NDArray choose(boolean[] chosen, NDArray flags, NDArray yes, NDArray no) {
        if (chosen.length == 1) {
            return chosen[0] ? yes : no;
        }
        return NDArrays.where(flags.gt(Scalar.of(flags, 0)).broadcast(no.getShape()), yes, no);
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
