package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.hscl.data.ImageSet;
import org.hscl.detect.FeatureModel;
import org.hscl.eval.Encodings;
import org.hscl.model.Encoder;

/**
 * Scores an image by the sum of what each of its transformed copies says.
 *
 * @param encoder folded, for scoring only
 * @param manager owns the encoder, the tables and what the parts keep
 * @param transformations of the copies
 * @param part the summand of a transformation
 */
record TransformationModel(Encoder encoder, NDManager manager, Transformations transformations, Part part)
        implements FeatureModel {

    /** Mid-gray, which the originals have outside of the image. */
    static final double OUTSIDE = 0.5;

    /** One summand of the score. */
    @FunctionalInterface
    interface Part {
        /**
         * How normal N transformed images are.
         *
         * @param output of the encoder
         * @param m the number of the transformation
         * @return (N)
         */
        NDArray of(Encoder.Output output, int m);
    }

    @Override
    public double[] score(ImageSet images) {
        return Encodings.scores(images, manager, batch -> {
            NDArray sum = part.of(output(batch, 0), 0);
            for (int m = 1; m < transformations.count(); m++) {
                sum = sum.add(part.of(output(batch, m), m));
            }
            return sum;
        });
    }

    /** What the encoder says of the m-th copy of each image. */
    Encoder.Output output(NDArray images, int m) {
        int[] all = new int[(int) images.getShape().get(0)];
        Arrays.fill(all, m);
        return encoder.forward(transformations.apply(images, all, OUTSIDE), false);
    }

    @Override
    public float[][] features(ImageSet images) {
        return Encodings.features(images, encoder, manager);
    }

    @Override
    public void close() {
        encoder.close();
        manager.close();
    }
}
