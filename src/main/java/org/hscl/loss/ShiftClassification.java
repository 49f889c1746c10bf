package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;

/** Classification of the shifting transformation, from CSI (Tack et al. 2020): which of the four rotations was applied? */
public final class ShiftClassification {

    private ShiftClassification() {}

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
