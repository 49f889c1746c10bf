package org.hscl.eval;

import org.hscl.augment.Rotation;
import org.hscl.loss.Variant;

/**
 * Factors that bring the parts of the ensemble score to one scale.
 *
 * @param similarity a_r = 1 / mean ‖z̄_r‖ over the training images, (4)
 * @param shift b_r = 1 / mean s̄_r, or 0 where dropped, (4)
 * @param warning a sentence where a shift factor was dropped, else empty
 */
public record Calibration(float[] similarity, float[] shift, String warning) {

    /** A mean logit below this part of its own spread is noise, and dividing by it would drown the rest of the score. */
    private static final double CLEARLY_POSITIVE = 0.5;

    /**
     * Factors of training images.
     *
     * @param rows ‖z̄_r‖ then s̄_r of each image, (N, 8)
     * @param variant the released one never drops b_r
     */
    public static Calibration of(float[][] rows, Variant variant) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("the ensemble score is calibrated on training images, but there are none");
        }
        float[] similarity = new float[Rotation.COUNT];
        float[] shift = new float[Rotation.COUNT];
        int dropped = 0;
        for (int r = 0; r < Rotation.COUNT; r++) {
            similarity[r] = (float) (1 / mean(rows, r));
            double mean = mean(rows, Rotation.COUNT + r);
            boolean keep = variant == Variant.RELEASED || mean > CLEARLY_POSITIVE * spread(rows, Rotation.COUNT + r, mean);
            shift[r] = keep ? (float) (1 / mean) : 0;
            dropped += keep ? 0 : 1;
        }
        String warning = dropped == 0
                ? ""
                : dropped + " of 4 shift factors dropped: the mean shift logit is not clearly positive on the training images";
        return new Calibration(similarity, shift, warning);
    }

    private static double mean(float[][] rows, int column) {
        double sum = 0;
        for (float[] row : rows) {
            sum += row[column];
        }
        return sum / rows.length;
    }

    private static double spread(float[][] rows, int column, double mean) {
        double sum = 0;
        for (float[] row : rows) {
            sum += (row[column] - mean) * (row[column] - mean);
        }
        return Math.sqrt(sum / rows.length);
    }
}
