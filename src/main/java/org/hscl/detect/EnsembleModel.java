package org.hscl.detect;

import org.hscl.data.ImageSet;
import org.hscl.eval.EnsembleConfig;
import org.hscl.eval.EnsembleScore;
import org.hscl.train.HsclConfig;

/** The ensemble score of a detector, calibrated; it lives as long as the detector. */
public final class EnsembleModel implements NormalityModel {

    private final Parts parts;
    private final HsclConfig config;
    private final EnsembleScore score;

    private EnsembleModel(Parts parts, HsclConfig config, EnsembleScore score) {
        this.parts = parts;
        this.config = config;
        this.score = score;
    }

    static EnsembleModel of(Parts parts, HsclConfig config, ImageSet calibration, EnsembleConfig ensemble) {
        if (parts.neighbours().isPresent()) {
            throw new IllegalArgumentException(
                    "the ensemble scores by prototypes, and this detector was trained without; score by its own score");
        }
        return new EnsembleModel(parts, config,
                EnsembleScore.calibrated(ensemble, calibration, parts.encoder(), config.augment(), parts.manager()));
    }

    @Override
    public double[] score(ImageSet images) {
        return score.of(images, parts.encoder(), config.augment(), parts.manager());
    }

    /** A sentence where a part of the score was left out, else empty. */
    public String warning() {
        return score.calibration().warning();
    }
}
