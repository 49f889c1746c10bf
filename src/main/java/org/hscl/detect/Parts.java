package org.hscl.detect;

import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.hscl.data.ImageSet;
import org.hscl.eval.NormalityScore;
import org.hscl.eval.TrainingScores;
import org.hscl.model.Encoder;
import org.hscl.model.Precision;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.Trainer;

/**
 * What a detector computes with.
 *
 * @param memory all of its native memory
 * @param trained the encoder as it was trained
 * @param encoder the same, folded for fast scoring
 * @param neighbours what it scores by where no prototypes were learned
 */
record Parts(NativeMemory memory, Encoder trained, Encoder encoder, Optional<Neighbours> neighbours) {

    /** Of a trainer that has trained. */
    static Parts of(Trainer trainer, Split split, NDManager manager) {
        Encoder trained = trainer.encoder().copy(manager);
        Encoder folded = trained.folded(manager);
        Optional<Neighbours> neighbours = trainer.config().loss().terms().prototypes()
                ? Optional.empty()
                : Optional.of(Neighbours.of(split.train(), split.labels(), folded, manager));
        return new Parts(new NativeMemory(manager), trained, folded, neighbours);
    }

    /** The same memory; the trunk computes in other numbers when it scores. */
    Parts withPrecision(Precision numbers) {
        return new Parts(memory, trained, encoder.withPrecision(numbers), neighbours);
    }

    /** Eq. 9 on clean images, or k-NN with k = 1, (N). */
    double[] score(ImageSet images) {
        return memory.during(manager -> neighbours.map(rows -> rows.score(images, 1, encoder, manager))
                .orElseGet(() -> NormalityScore.of(images, encoder, manager)));
    }

    /** The scores of the images it was trained on. */
    TrainingScores trainingScores(Split split) {
        Label[] labels = split.labels();
        double[] scores = memory.during(manager -> neighbours
                .map(rows -> rows.scoreTraining(split.train(), labels, encoder, manager))
                .orElseGet(() -> score(split.train())));
        return TrainingScores.of(scores, labels);
    }
}
