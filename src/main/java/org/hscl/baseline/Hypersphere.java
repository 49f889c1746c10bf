package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * The centre c that Deep SVDD and Deep SAD gather normal images around: the mean output of the untrained network. So that the
 * network cannot map everything to c, no coordinate of c is near 0 and the network has no biases (Ruff et al. 2018, section 3.3).
 *
 * @param center (1, D)
 */
record Hypersphere(NDArray center) {

    /** Coordinates nearer to 0 than this are moved away from it. */
    private static final float MIN_COORDINATE = 0.1f;

    private static final int BATCH = 128;

    /** The centre of some training images; from now on the network has no biases. */
    static Hypersphere of(DeepTraining training, int[] rows) {
        Runnable noBiases = () -> training.encoder().weights().names().stream()
                .filter(name -> name.endsWith(".bias"))
                .forEach(name -> training.encoder().weights().get(name).muli(0));
        noBiases.run();
        training.afterStep(noBiases);
        double[] sum = {};
        for (int start = 0; start < rows.length; start += BATCH) {
            try (NDManager scratch = training.manager().newSubManager()) {
                int[] batch = Arrays.copyOfRange(rows, start, Math.min(start + BATCH, rows.length));
                NDArray z = training.encoder().forward(training.images(batch, scratch), true).projection();
                float[] part = z.sum(new int[] {0}).toFloatArray(); // (D)
                sum = sum.length == 0 ? new double[part.length] : sum;
                for (int i = 0; i < part.length; i++) {
                    sum[i] += part[i];
                }
            }
        }
        float[] center = new float[sum.length];
        for (int i = 0; i < center.length; i++) {
            float mean = (float) (sum[i] / rows.length);
            center[i] = Math.abs(mean) >= MIN_COORDINATE ? mean : Math.copySign(MIN_COORDINATE, mean);
        }
        return new Hypersphere(training.manager().create(center, new Shape(1, center.length)));
    }

    /** ‖z − c‖²: (N, D) → (N, 1). */
    NDArray squaredDistance(NDArray z) {
        return z.sub(center).square().sum(new int[] {1}, true);
    }

    /** A model that scores −‖z − c‖². */
    EncoderModel model(DeepTraining training) {
        return training.model((encoder, manager) -> {
            NDArray copy = center.duplicate();
            copy.attach(manager);
            Hypersphere kept = new Hypersphere(copy);
            return output -> kept.squaredDistance(output.projection()).neg();
        });
    }
}
