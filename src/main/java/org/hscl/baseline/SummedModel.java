package org.hscl.baseline;

import org.hscl.data.ImageSet;
import org.hscl.detect.FeatureModel;

/**
 * Two networks that score together; the first one's features represent an image.
 *
 * @param first whose score is added
 * @param second to that of this one
 */
record SummedModel(EncoderModel first, EncoderModel second) implements FeatureModel {

    @Override
    public double[] score(ImageSet images) {
        double[] sum = first.score(images);
        double[] others = second.score(images);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += others[i];
        }
        return sum;
    }

    @Override
    public float[][] features(ImageSet images) {
        return first.features(images);
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
