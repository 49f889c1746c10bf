package org.hscl.augment;

import ai.djl.ndarray.NDArray;
import java.util.SplittableRandom;
import org.hscl.engine.Numbers;
import org.hscl.engine.Parcel;

/**
 * Horizontal flip of some images.
 *
 * @param name of its coins
 * @param chosen which images are mirrored left to right, (N)
 */
public record Flip(String name, boolean[] chosen) implements Augmentation.Change {

    /** A fair coin for each image. */
    public static Flip draw(String name, int count, SplittableRandom random) {
        return new Flip(name, Masks.draw(count, 0.5, random));
    }

    /** The same where no other flip is. */
    public static Flip draw(int count, SplittableRandom random) {
        return draw("flips", count, random);
    }

    @Override
    public void put(Parcel parcel) {
        parcel.put(name, chosen);
    }

    @Override
    public NDArray on(NDArray images, Numbers sent) {
        NDArray flags = sent.take(name, images.getManager(), chosen.length, 1, 1, 1);
        return Masks.choose(chosen, flags, images.flip(3), images);
    }
}
