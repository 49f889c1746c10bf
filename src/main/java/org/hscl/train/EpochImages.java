package org.hscl.train;

import org.hscl.data.ImageSet;
import org.hscl.scenario.Label;

/** Training images that are drawn anew for each epoch, such as tiles of pictures too large to keep. */
@FunctionalInterface
public interface EpochImages {

    /**
     * The images of one epoch.
     *
     * @param images (N), N and their size alike in all epochs
     * @param labels what training may know of each, (N)
     */
    record Drawn(ImageSet images, Label[] labels) {}

    /**
     * Draws them.
     *
     * @param epoch from 0; the same images for the same epoch, so that a stopped training can go on
     */
    Drawn draw(int epoch);

    /** The same images every epoch. */
    record Fixed(Drawn drawn) implements EpochImages {
        @Override
        public Drawn draw(int epoch) {
            return drawn;
        }
    }
}
