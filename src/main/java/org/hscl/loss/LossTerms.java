package org.hscl.loss;

/**
 * Which terms of the total loss are on. Table 5 of the paper switches them off one at a time.
 *
 * @param sampleToSample the contrastive term, Eq. 1–2
 * @param shift the classification of rotations
 * @param prototypePositive the part of Eq. 4 that pulls normal and unlabeled rows to a prototype
 * @param prototypeNegative the part that pushes abnormal rows away
 * @param normalToAbnormal the term of Eq. 6
 */
public record LossTerms(
        boolean sampleToSample,
        boolean shift,
        boolean prototypePositive,
        boolean prototypeNegative,
        boolean normalToAbnormal) {

    /** At least one term must be left to learn from. */
    public LossTerms {
        if (!(sampleToSample || shift || prototypePositive || prototypeNegative || normalToAbnormal)) {
            throw new IllegalArgumentException("all loss terms are off; leave at least one on");
        }
    }

    /** The full model. */
    public static LossTerms all() {
        return new LossTerms(true, true, true, true, true);
    }

    /** Without sample-to-sample; the shift term goes with it. */
    public LossTerms withoutSampleToSample() {
        return new LossTerms(false, false, prototypePositive, prototypeNegative, normalToAbnormal);
    }

    /** Without the classification of rotations. */
    public LossTerms withoutShift() {
        return new LossTerms(sampleToSample, false, prototypePositive, prototypeNegative, normalToAbnormal);
    }

    /** Without sample-to-prototype: no soft weights, and the score becomes k-NN. */
    public LossTerms withoutPrototypes() {
        return new LossTerms(sampleToSample, shift, false, false, normalToAbnormal);
    }

    /** Without the positive part of sample-to-prototype. */
    public LossTerms withoutPrototypePositive() {
        return new LossTerms(sampleToSample, shift, false, prototypeNegative, normalToAbnormal);
    }

    /** Without the negative part of sample-to-prototype. */
    public LossTerms withoutPrototypeNegative() {
        return new LossTerms(sampleToSample, shift, prototypePositive, false, normalToAbnormal);
    }

    /** Without normal-to-abnormal. */
    public LossTerms withoutNormalToAbnormal() {
        return new LossTerms(sampleToSample, shift, prototypePositive, prototypeNegative, false);
    }

    /** Only the contrastive terms: CSI, or SimCLR without the shift term. */
    public static LossTerms contrastiveOnly(boolean withShift) {
        return new LossTerms(true, withShift, false, false, false);
    }

    /** Whether any part of sample-to-prototype is on. */
    public boolean prototypes() {
        return prototypePositive || prototypeNegative;
    }
}
