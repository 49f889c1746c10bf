package org.hscl.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;

/** Loss of colour in some images. */
public final class Grayscale {

    /** Luma of red, green and blue (ITU-R BT.601). */
    private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

    private Grayscale() {}

    /**
     * Turns the chosen images gray.
     *
     * @param images (N, 3, H, W)
     * @param chosen which images, (N)
     */
    public static NDArray apply(NDArray images, boolean[] chosen) {
        if (Masks.none(chosen)) {
            return images;
        }
        NDArray luma = images.getManager().create(LUMA, new Shape(1, 3, 1, 1));
        NDArray gray = images.mul(luma).sum(new int[] {1}, true); // (N, 1, H, W)
        return Masks.choose(chosen, gray.broadcast(images.getShape()), images);
    }

    /** A coin for each image. */
    public static boolean[] draw(int count, double probability, SplittableRandom random) {
        return Masks.draw(count, probability, random);
    }
}
