package org.hscl.detect;

import org.hscl.data.ImageSet;

/** A model that also says by which vector it represents an image: what t-SNE maps are drawn of. */
public interface FeatureModel extends NormalityModel {

    /** Penultimate features of clean images, (N, 8 · width). */
    float[][] features(ImageSet images);
}
