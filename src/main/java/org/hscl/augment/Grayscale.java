package org.hscl.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.SplittableRandom;
import org.hscl.engine.Numbers;
import org.hscl.engine.Parcel;
import org.hscl.engine.Scalar;

/** Loss of colour in some images: luma of red, green and blue (ITU-R BT.601) in all three channels. */
public final class Grayscale {

    private static final double RED = 0.299;
    private static final double GREEN = 0.587;
    private static final double BLUE = 0.114;

    private Grayscale() {}

    /**
     * Turns the chosen images gray.
     *
     * @param images (N, 3, H, W)
     * @param chosen which images, (N)
     */
    public static NDArray apply(NDArray images, boolean[] chosen) {
        return apply(images, chosen, new Parcel().put(chosen).send(images.getManager()));
    }

    /** With the coins on the device too. */
    static NDArray apply(NDArray images, boolean[] chosen, Numbers sent) {
        NDArray flags = sent.next(images.getManager(), chosen.length, 1, 1, 1);
        if (Masks.none(chosen)) {
            return images;
        }
        NDArray luma = Scalar.times(images.get(new NDIndex(":, 0:1")), RED)
                .addi(Scalar.times(images.get(new NDIndex(":, 1:2")), GREEN))
                .addi(Scalar.times(images.get(new NDIndex(":, 2:3")), BLUE)); // (N, 1, H, W)
        return Masks.choose(chosen, flags, luma.broadcast(images.getShape()), images);
    }

    /** A coin for each image. */
    public static boolean[] draw(int count, double probability, SplittableRandom random) {
        return Masks.draw(count, probability, random);
    }
}
