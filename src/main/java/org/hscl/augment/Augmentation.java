package org.hscl.augment;

import ai.djl.ndarray.NDArray;
import java.util.SplittableRandom;
import org.hscl.engine.Numbers;
import org.hscl.engine.Parcel;

/** A random change of rows of pictures: all of it is decided on the host, before the device is asked for anything. */
public interface Augmentation {

    /**
     * Decides.
     *
     * @param rows how many decisions
     * @param size side of the pictures in pixels
     * @param random the source of all that it draws
     */
    Change draw(int rows, int size, SplittableRandom random);

    /** What was decided for N rows. */
    interface Change {

        /** Puts the numbers that the device needs of it, under names that no other change has. */
        void put(Parcel parcel);

        /**
         * Changes rows.
         *
         * @param images (N, 3, S, S) in [0, 1]; where N is 1, one decision for any number of rows
         * @param sent holds what {@link #put} has put
         * @return the same shape and range
         */
        NDArray on(NDArray images, Numbers sent);

        /** The same for galleries, scoring and the compared methods: the numbers are sent alone. */
        default NDArray on(NDArray images) {
            Parcel parcel = new Parcel();
            put(parcel);
            return on(images, parcel.send(images.getManager()));
        }
    }
}
