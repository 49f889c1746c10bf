package org.hscl.train;

import java.util.SplittableRandom;
import org.hscl.augment.Augmenter;
import org.hscl.engine.Parcel;
import org.hscl.engine.SeededRandom;
import org.hscl.loss.BatchRows;
import org.hscl.loss.HsclLoss;
import org.hscl.scenario.Label;

/**
 * All that the host decides of one step, made before the device is asked for anything: which images, which rows are what, and
 * every draw.
 *
 * @param images numbers of the training images, (B)
 * @param rows which rows of the batch are labeled how
 * @param views draws of the augmentation
 * @param uniforms draws for the normal-to-abnormal relation, in [0, 1)
 */
record StepPlan(int[] images, BatchRows rows, Augmenter.Draws views, float[] uniforms) {

    /**
     * Plans a step.
     *
     * @param labels what training may know of each image, (B)
     * @param size pixels a side
     * @param random this step's randomness
     */
    static StepPlan of(
            int[] images, Label[] labels, int size, Augmenter augmenter, HsclLoss loss, SplittableRandom random) {
        return new StepPlan(
                images,
                BatchRows.of(labels, loss.config().rows()),
                augmenter.draw(images.length, size, random),
                SeededRandom.uniform(loss.uniforms(images.length), 0, 1, random));
    }

    /** What the device needs of it, in the order in which a step takes it. */
    Parcel parcel() {
        return rows.put(views.put(new Parcel().put(images))).put(uniforms);
    }
}
