package org.hscl.experiment;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.hscl.baseline.Methods;
import org.hscl.loss.LossTerms;

/** The rows of Table 5: which relation is left out. */
public enum Ablation {
    /** Nothing is left out. */
    FULL("Full model", terms -> terms),
    /** Without sample-to-sample, and without the shift term that goes with it. */
    WITHOUT_SAMPLE_TO_SAMPLE("w/o S-S", LossTerms::withoutSampleToSample),
    /** Without sample-to-prototype: scored by k-NN. */
    WITHOUT_PROTOTYPES("w/o S-P", LossTerms::withoutPrototypes),
    /** Without normal-to-abnormal. */
    WITHOUT_NORMAL_TO_ABNORMAL("w/o N-A", LossTerms::withoutNormalToAbnormal),
    /** Without the part of Eq. 4 that attracts normal rows. */
    WITHOUT_PROTOTYPE_POSITIVE("w/o pos in S-P", LossTerms::withoutPrototypePositive),
    /** Without the part of Eq. 4 that repels abnormal rows. */
    WITHOUT_PROTOTYPE_NEGATIVE("w/o neg in S-P", LossTerms::withoutPrototypeNegative);

    private final String label;
    private final UnaryOperator<LossTerms> change;

    Ablation(String label, UnaryOperator<LossTerms> change) {
        this.label = label;
        this.change = change;
    }

    /** The row's name in the paper. */
    public String label() {
        return label;
    }

    /** The terms that are left on. */
    public LossTerms terms() {
        return change.apply(LossTerms.all());
    }

    /** An experiment with this part left out, and else the same. */
    Experiment of(Experiment experiment) {
        return experiment.withConfig(config -> config.withLoss(config.loss().withTerms(terms())));
    }

    /** Whether an experiment leaves out just this part. */
    boolean describes(Experiment experiment) {
        return experiment.method().equals(Methods.HSCL) && experiment.config().loss().terms().equals(terms());
    }

    /** The row's name of some terms, or the terms themselves where Table 5 has no such row. */
    static String labelOf(LossTerms terms) {
        return Arrays.stream(values())
                .filter(row -> row.terms().equals(terms))
                .map(Ablation::label)
                .findFirst()
                .orElseGet(terms::toString);
    }
}
