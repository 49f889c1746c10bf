package org.hscl.detect;

import org.hscl.data.ImageSet;
import org.hscl.eval.EnsembleConfig;
import org.hscl.eval.EnsembleScore;

/** The ensemble score of a detector, calibrated; it lives as long as the detector. */
public final class EnsembleModel implements NormalityModel {

    private final Parts parts;
    private final Facts facts;
    private final EnsembleScore score;

    private EnsembleModel(Parts parts, Facts facts, EnsembleScore score) {
        this.parts = parts;
        this.facts = facts;
        this.score = score;
    }

    static EnsembleModel of(Parts parts, Facts facts, ImageSet calibration, EnsembleConfig ensemble) {
        if (parts.neighbours().isPresent()) {
            throw new IllegalArgumentException(
                    "the ensemble scores by prototypes, and this detector was trained without; score by its own score");
        }
        return new EnsembleModel(parts, facts, parts.memory().during(manager -> EnsembleScore.calibrated(
                ensemble, facts.checked(calibration), parts.encoder(), facts.config().augment(), manager)));
    }

    @Override
    public double[] score(ImageSet images) {
        return parts.memory().during(manager -> score.of(
                facts.checked(images), parts.encoder(), facts.config().augment(), manager));
    }

    /** A sentence where a part of the score was left out, else empty. */
    public String warning() {
        return score.calibration().warning();
    }
}
