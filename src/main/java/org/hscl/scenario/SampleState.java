package org.hscl.scenario;

import java.util.Locale;

/**
 * The state of a training sample, in the order of the released code (0 – 3). The first two are told apart for evaluation
 * only; a loss sees {@link #label()}.
 */
public enum SampleState {
    /** 0: in U, truly normal. */
    UNLABELED_NORMAL(Label.UNLABELED),
    /** 1: in U, truly abnormal: the contamination. */
    UNLABELED_ABNORMAL(Label.UNLABELED),
    /** 2: in L⁺. */
    LABELED_NORMAL(Label.NORMAL),
    /** 3: in L⁻. */
    LABELED_ABNORMAL(Label.ABNORMAL);

    private final Label label;

    SampleState(Label label) {
        this.label = label;
    }

    /** What training may know. */
    public Label label() {
        return label;
    }

    /** The state in words, such as {@code labeled normal}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The hidden truth. */
    public boolean isAbnormal() {
        return this == UNLABELED_ABNORMAL || this == LABELED_ABNORMAL;
    }
}
