package org.hscl.train;

import org.hscl.augment.Augmenter;
import org.hscl.engine.Parcel;
import org.hscl.loss.BatchRows;
import org.hscl.loss.RowSampler;

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

    /** The name of the images' numbers in the parcel. */
    static final String IMAGES = "images";

    /** What the device needs of it. */
    Parcel parcel() {
        return rows.put(views.put(new Parcel().put(IMAGES, images))).put(RowSampler.UNIFORMS, uniforms);
    }
}
