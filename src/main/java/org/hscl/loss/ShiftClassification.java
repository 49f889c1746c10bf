package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;
import java.util.Optional;
import org.hscl.augment.Augmenter;
import org.hscl.augment.Rotation;

/** Classification of the shifting transformation, from CSI (Tack et al. 2020): which of the four rotations was applied? */
public final class ShiftClassification {

    /** The term's name. */
    public static final String NAME = "shift";

    private ShiftClassification() {}

    /** The term as the configuration wants it. */
    static LossTerm term(LossConfig config) {
        return new LossTerm(NAME, 1, "mean cross-entropy of the rotations (CSI)",
                        batch -> Optional.of(loss(batch.shift(), rotations(batch.projection()))))
                .on(config.terms().shift());
    }

    /** The rotation of each row, (8B): B zeros, B ones, B twos, B threes, twice. */
    private static NDArray rotations(NDArray z) {
        long rows = z.getShape().get(0);
        long views = Augmenter.ROWS_PER_IMAGE / Rotation.COUNT;
        return z.getManager()
                .arange(0, Rotation.COUNT, 1, z.getDataType())
                .reshape(1, Rotation.COUNT, 1)
                .broadcast(views, Rotation.COUNT, rows / Augmenter.ROWS_PER_IMAGE)
                .reshape(rows);
    }

    /**
     * Mean cross-entropy.
     *
     * @param logits one a rotation, (N, 4)
     * @param rotations the true rotation of each row, 0 … 3, (N)
     * @return a scalar, at least 0
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static NDArray loss(NDArray logits, NDArray rotations) {
        Rows.checkMatrix("logits", logits);
        if (rotations.size() != logits.getShape().get(0)) {
            throw new IllegalArgumentException(
                    "%d rotations for %d rows of logits; give one each".formatted(rotations.size(), logits.getShape().get(0)));
        }
        return Loss.softmaxCrossEntropyLoss().evaluate(new NDList(rotations), new NDList(logits));
    }
}
