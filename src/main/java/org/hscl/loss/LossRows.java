package org.hscl.loss;

/** Which rows of a batch enter the sample-to-prototype and normal-to-abnormal relations. */
public enum LossRows {
    /** The 2B rows that are not rotated: scores are taken on unrotated images. */
    UNROTATED,
    /** All 8B rows, as in the released code. */
    ALL
}
