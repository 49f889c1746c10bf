package org.hscl.loss;

import org.hscl.augment.Rotation;

/** Which rows of a batch enter the sample-to-prototype and normal-to-abnormal relations. */
public enum LossRows {
    /** The 2B rows that are not rotated: scores are taken on unrotated images. */
    UNROTATED,
    /** All 8B rows, as in the released code. */
    ALL,
    /** All 2B rows of a batch that has no rotated ones: a texture has no upright, so that its turns are no other identities. */
    NEVER_ROTATED;

    /** How many turns of each view a batch holds, 4 or 1. */
    public int turns() {
        return this == NEVER_ROTATED ? 1 : Rotation.COUNT;
    }

    /** Rows of a batch for each image, 8 or 2. */
    public int ofImage() {
        return 2 * turns();
    }
}
