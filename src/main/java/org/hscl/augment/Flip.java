package org.hscl.augment;

import ai.djl.ndarray.NDArray;
import java.util.SplittableRandom;
import org.hscl.engine.Numbers;
import org.hscl.engine.Parcel;

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
        return apply(images, chosen, new Parcel().put(chosen).send(images.getManager()));
    }

    /** With the coins on the device too. */
    static NDArray apply(NDArray images, boolean[] chosen, Numbers sent) {
        NDArray flags = sent.next(images.getManager(), chosen.length, 1, 1, 1);
        return Masks.choose(chosen, flags, images.flip(3), images);
    }

    /** A fair coin for each image. */
    public static boolean[] draw(int count, SplittableRandom random) {
        return Masks.draw(count, 0.5, random);
    }
}
