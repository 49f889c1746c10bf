package org.hscl.scenario;

/** What training may know of a sample. */
public enum Label {
    /** In U: nothing is known. */
    UNLABELED,
    /** In L⁺. */
    NORMAL,
    /** In L⁻. */
    ABNORMAL
}
