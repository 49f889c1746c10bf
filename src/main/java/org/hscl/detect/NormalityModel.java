package org.hscl.detect;

import org.hscl.data.ImageSet;

/** Anything trained that says how normal an image is. */
public interface NormalityModel extends AutoCloseable {

    /**
     * Scores images.
     *
     * @param images N images of the size that the model was trained on
     * @return (N), higher is more normal; an image's score does not depend on the others
     */
    double[] score(ImageSet images);

    /** Frees the memory of the model. */
    @Override
    default void close() {}
}
