package org.hscl.augment;

/**
 * How strongly images are augmented. The defaults are the paper's, which are those of SimCLR and CSI.
 *
 * @param jitterProbability chance that an image's colours are jittered; paper 0.8
 * @param jitterStrength half width of the factors U(1 − s, 1 + s) for contrast, saturation and value; paper 0.4
 * @param hueStrength half width of the hue shift, where 1 is 255/360 of a full turn as in the released code; paper 0.1
 * @param grayProbability chance that an image loses its colours; paper 0.2
 * @param minArea smallest part of the image's area that a crop keeps, in (0, 1]; paper 0.08
 * @param maxArea largest part; paper 1
 */
public record AugmentConfig(
        double jitterProbability,
        double jitterStrength,
        double hueStrength,
        double grayProbability,
        double minArea,
        double maxArea) {

    /** Part of the area that each crop of the scoring ensemble keeps, fixed in the released code. */
    public static final double ENSEMBLE_AREA = 0.54;

    /** Checks the ranges. */
    public AugmentConfig {
        checkProbability("jitterProbability", jitterProbability);
        checkProbability("grayProbability", grayProbability);
        checkProbability("jitterStrength", jitterStrength);
        checkProbability("hueStrength", hueStrength);
        if (!(minArea > 0 && minArea <= maxArea && maxArea <= 1)) {
            throw new IllegalArgumentException(
                    "crop areas are %s … %s; give 0 < minArea ≤ maxArea ≤ 1".formatted(minArea, maxArea));
        }
    }

    /** The paper's augmentation. */
    public static AugmentConfig defaults() {
        return new AugmentConfig(0.8, 0.4, 0.1, 0.2, 0.08, 1);
    }

    /** Another range of crop areas, as parts of the image's area. */
    public AugmentConfig withAreas(double min, double max) {
        return new AugmentConfig(jitterProbability, jitterStrength, hueStrength, grayProbability, min, max);
    }

    /** Other colour jitter: the chance of it, and the strengths of factors and hue. */
    public AugmentConfig withJitter(double probability, double strength, double hue) {
        return new AugmentConfig(probability, strength, hue, grayProbability, minArea, maxArea);
    }

    /** Another chance of grayscale. */
    public AugmentConfig withGrayProbability(double probability) {
        return new AugmentConfig(jitterProbability, jitterStrength, hueStrength, probability, minArea, maxArea);
    }

    /** The same colours with the ensemble's fixed crop area. */
    public AugmentConfig forEnsemble() {
        return withAreas(ENSEMBLE_AREA, ENSEMBLE_AREA);
    }

    private static void checkProbability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is " + value + "; give a value in [0, 1]");
        }
    }
}
