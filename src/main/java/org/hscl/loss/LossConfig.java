package org.hscl.loss;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hscl.augment.Rotation;

/**
 * The total loss: which terms, in which form, at which weight.
 *
 * @param variant the paper's equations or the released code's
 * @param rows which rows enter the sample-to-prototype and normal-to-abnormal terms
 * @param temperature τ of both contrastive terms, above 0; paper 0.5
 * @param threshold η of the threshold sampling (Eq. 7), in [0, 1); released 0.4, the paper sweeps 0.2 – 0.8
 * @param prototypeWeight λ₁ of the sample-to-prototype term (Eq. 8), at least 0; paper 1
 * @param abnormalWeight λ₂ of the normal-to-abnormal term (Eq. 8), at least 0; paper 1
 * @param terms which terms are on
 * @param added further terms, each with its own weight; paper none, which is also what files from before the setting mean
 */
public record LossConfig(
        Variant variant,
        LossRows rows,
        double temperature,
        double threshold,
        double prototypeWeight,
        double abnormalWeight,
        LossTerms terms,
        List<LossTerm> added) {

    /** Checks the ranges. */
    public LossConfig {
        Rows.checkTemperature(temperature);
        Rows.checkThreshold(threshold);
        LossTerm.checkWeight("prototypeWeight λ₁", prototypeWeight);
        LossTerm.checkWeight("abnormalWeight λ₂", abnormalWeight);
        if (rows == LossRows.NEVER_ROTATED && terms.shift()) {
            throw new IllegalArgumentException("rows is NEVER_ROTATED and the shift term is on, which classifies rotations; leave one out");
        }
        added = added == null ? List.of() : List.copyOf(added);
        Set<String> names = new HashSet<>(Set.of(
                SampleToSample.NAME, ShiftClassification.NAME, SampleToPrototype.NAME, NormalToAbnormal.NAME));
        for (LossTerm term : added) {
            if (!names.add(term.name())) {
                throw new IllegalArgumentException(
                        "two loss terms are named '%s'; give each a name of its own".formatted(term.name()));
            }
        }
    }

    /** The paper's loss on unrotated rows. */
    public static LossConfig defaults() {
        return new LossConfig(Variant.PAPER, LossRows.UNROTATED, 0.5, 0.4, 1, 1, LossTerms.all(), List.of());
    }

    /** What the authors ran: the released forms on all rows. */
    public static LossConfig released() {
        return defaults().withVariant(Variant.RELEASED).withRows(LossRows.ALL);
    }

    /** The other form of the formulas; the rows stay as they are. */
    public LossConfig withVariant(Variant form) {
        return new LossConfig(form, rows, temperature, threshold, prototypeWeight, abnormalWeight, terms, added);
    }

    /** Other rows. */
    public LossConfig withRows(LossRows which) {
        return new LossConfig(variant, which, temperature, threshold, prototypeWeight, abnormalWeight, terms, added);
    }

    /** Another temperature τ. */
    public LossConfig withTemperature(double tau) {
        return new LossConfig(variant, rows, tau, threshold, prototypeWeight, abnormalWeight, terms, added);
    }

    /** Another sampling threshold η. */
    public LossConfig withThreshold(double eta) {
        return new LossConfig(variant, rows, temperature, eta, prototypeWeight, abnormalWeight, terms, added);
    }

    /** Another λ₁. */
    public LossConfig withPrototypeWeight(double lambda) {
        return new LossConfig(variant, rows, temperature, threshold, lambda, abnormalWeight, terms, added);
    }

    /** Another λ₂. */
    public LossConfig withAbnormalWeight(double lambda) {
        return new LossConfig(variant, rows, temperature, threshold, prototypeWeight, lambda, terms, added);
    }

    /** Other terms: the rows of Table 5. */
    public LossConfig withTerms(LossTerms which) {
        return new LossConfig(variant, rows, temperature, threshold, prototypeWeight, abnormalWeight, which, added);
    }

    /** One term more. */
    public LossConfig plus(LossTerm term) {
        List<LossTerm> longer = new ArrayList<>(added);
        longer.add(term);
        return new LossConfig(
                variant, rows, temperature, threshold, prototypeWeight, abnormalWeight, terms, longer);
    }

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
}
