package org.hscl.loss;

/** Which of the two published forms of a formula is used. */
public enum Variant {
    /** The equations of the paper. */
    PAPER,
    /** What the authors' released code computes. */
    RELEASED
}
