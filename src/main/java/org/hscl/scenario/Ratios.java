package org.hscl.scenario;

/**
 * How much is labeled and how much is contaminated.
 *
 * @param labeledNormal γ_l of L⁺, in [0, 1); paper: 0.01, 0.05 or 0.10 in scenario 1, 0.05 in scenario 2
 * @param labeledAbnormal γ_l of L⁻, in [0, 1); paper: the same as that of L⁺
 * @param pollution γ_p, the anomalies' share of U, in [0, 1); paper: 0 in scenario 1; 0, 0.05 or 0.10 in scenario 2
 */
public record Ratios(double labeledNormal, double labeledAbnormal, double pollution) {

    /** Checks the ranges. */
    public Ratios {
        check("labeledNormal", labeledNormal);
        check("labeledAbnormal", labeledAbnormal);
        check("pollution", pollution);
        if (labeledNormal + labeledAbnormal >= 1) {
            throw new IllegalArgumentException("the labeled ratios %s and %s leave nothing unlabeled; lower them"
                    .formatted(labeledNormal, labeledAbnormal));
        }
    }

    private static void check(String parameter, double ratio) {
        if (!(ratio >= 0 && ratio < 1)) {
            throw new IllegalArgumentException(
                    "the ratio %s is %s; give a number in [0, 1)".formatted(parameter, ratio));
        }
    }

    /** The share of the training set that is unlabeled. */
    double unlabeled() {
        return 1 - labeledNormal - labeledAbnormal;
    }
}
