package org.hscl.detect;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import org.hscl.data.ImageSet;
import org.hscl.eval.Encodings;
import org.hscl.eval.KnnScore;
import org.hscl.model.Encoder;
import org.hscl.scenario.Label;

/**
 * What scores a model without prototypes: the projections of L⁺ ∪ U.
 *
 * @param reference one row an image, (N, D)
 */
record Neighbours(float[][] reference) {

    static Neighbours of(ImageSet train, Label[] labels, Encoder encoder, NDManager manager) {
        int[] rows = IntStream.range(0, labels.length).filter(i -> labels[i] != Label.ABNORMAL).toArray();
        return new Neighbours(Encodings.projections(train.select(rows), encoder, manager));
    }

    /** Mean cosine with the k nearest rows, (M). */
    double[] score(ImageSet images, int k, Encoder encoder, NDManager manager) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray train = matrix(scratch);
            float[][] scores = Encodings.read(images, manager, batch -> {
                NDArray local = train.duplicate(); // so that what is computed from it goes with the batch
                local.attach(batch.getManager());
                float[] values = KnnScore.of(encoder.forward(batch, false).projection(), local, k).toFloatArray();
                return IntStream.range(0, values.length).mapToObj(i -> new float[] {values[i]}).toArray(float[][]::new);
            });
            return IntStream.range(0, scores.length).mapToDouble(i -> scores[i][0]).toArray();
        }
    }

    /** Scores of the training images themselves, (N); one that is in the reference does not count as its own neighbour. */
    double[] scoreTraining(ImageSet train, Label[] labels, Encoder encoder, NDManager manager) {
        double[] nearest = score(train, 1, encoder, manager);
        if (reference.length > 1) {
            double[] meanOfTwo = score(train, 2, encoder, manager);
            IntStream.range(0, nearest.length).filter(i -> labels[i] != Label.ABNORMAL)
                    .forEach(i -> nearest[i] = 2 * meanOfTwo[i] - nearest[i]);
        }
        return nearest;
    }

    /** The reference on a device, (N, D). */
    NDArray matrix(NDManager manager) {
        int columns = reference[0].length;
        float[] flat = new float[reference.length * columns];
        for (int i = 0; i < reference.length; i++) {
            System.arraycopy(reference[i], 0, flat, i * columns, columns);
        }
        return manager.create(flat, new Shape(reference.length, columns));
    }
}
