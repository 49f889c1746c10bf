package org.hscl.augment;

import ai.djl.ndarray.NDArray;
import java.util.SplittableRandom;

/** Horizontal flip of some images. */
public final class Flip {

    private Flip() {}

    /**
     * Mirrors the chosen images left to right.
     *
     * @param images (N, 3, H, W)
     * @param chosen which images to mirror, (N)
     */
    public static NDArray apply(NDArray images, boolean[] chosen) {
        return Masks.choose(chosen, images.flip(3), images);
    }

    /** A fair coin for each image. */
    public static boolean[] draw(int count, SplittableRandom random) {
        return Masks.draw(count, 0.5, random);
    }
}
