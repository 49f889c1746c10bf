package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.hscl.augment.Augmenter;
import org.hscl.loss.LossConfig.LossRows;
import org.hscl.model.Encoder;
import org.hscl.scenario.Label;

/**
 * A batch as the encoder leaves it, with random numbers, for tests.
 *
 * @param z (8B, 5), float64
 * @param prototypes (5, 3), float64
 * @param logits (8B, 4), float64
 * @param labels (B)
 */
record LossBatch(NDArray z, NDArray prototypes, NDArray logits, Label[] labels) {

    static LossBatch of(NDManager manager, Label... labels) {
        int rows = labels.length * Augmenter.ROWS_PER_IMAGE;
        return new LossBatch(
                RandomRows.normal(manager, rows, 5, 1),
                RandomRows.normal(manager, 5, 3, 2),
                RandomRows.normal(manager, rows, 4, 3),
                labels);
    }

    LossBatch withRows(NDArray rows) {
        return new LossBatch(rows, prototypes, logits, labels);
    }

    /** The loss, with the draws of one seed. */
    HsclLoss.Values terms(LossConfig config) {
        return terms(config, new SeededSampler(1));
    }

    HsclLoss.Values terms(LossConfig config, RowSampler sampler) {
        Encoder.Output output = new Encoder.Output(z, z, logits);
        return new HsclLoss(config).of(output, prototypes, labels, sampler);
    }

    /** Rows of the images with a label; a rotated row is a row outside the first quarter of its view. */
    NDArray rowsOf(Label label, LossRows which) {
        int images = labels.length;
        int[] rows = java.util.stream.IntStream.range(0, images * 8)
                .filter(row -> labels[row % images] == label)
                .filter(row -> which == LossRows.ALL || row % (4 * images) < images)
                .toArray();
        return z.get(RandomRows.index(z.getManager(), rows));
    }
}
