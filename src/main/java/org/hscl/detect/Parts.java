package org.hscl.detect;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hscl.data.ImageSet;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.hscl.eval.Encodings;
import org.hscl.eval.Neighbours;
import org.hscl.eval.NormalityScore;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.model.Encoder;
import org.hscl.model.Precision;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.History;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.Trainer;
import org.hscl.train.TrainingListener;

/**
 * What a detector computes with.
 *
 * @param memory all of its native memory
 * @param trained the encoder as it was trained
 * @param encoder the same, folded for fast scoring
 * @param neighbours what it scores by where no prototypes were learned
 */
record Parts(NativeMemory memory, Encoder trained, Encoder encoder, Optional<Reference> neighbours) {

    private static final String COLLAPSED = "warning: all training images score alike, so the prototypes have collapsed;"
            + " lower the learning rate, or train longer or with larger batches";

    /** From a split to a detector: trains, scores the training images, sets the threshold. */
    static AnomalyDetector fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        ComputeDevice device = ComputeDevice.choose(options.device());
        NDManager manager = Torch.engine().newBaseManager(device.device());
        try (Trainer trainer =
                new Trainer(split.train(), split.labels(), config, device, options.checkpoints(), listener)) {
            long start = System.nanoTime();
            History history = trainer.train(listener);
            double seconds = (System.nanoTime() - start) * 1e-9;
            Parts parts = Parts.of(trainer, split, manager);
            TrainingScores scores = parts.trainingScores(split);
            if (scores.areCollapsed()) {
                listener.onMessage(COLLAPSED);
            }
            Facts facts = new Facts(split.name(), split.train().classNames(), config, history, trainer.steps(), scores,
                    Threshold.best(scores), split.train().reading().map(ImageSet.Reading::fit),
                    Optional.of(Provenance.of(split, trainer.dataSha256(), device.reason(), seconds)));
            return new AnomalyDetector(facts, parts);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** Of a trainer that has trained. */
    static Parts of(Trainer trainer, Split split, NDManager manager) {
        Encoder trained = trainer.encoder().copy(manager);
        Encoder folded = trained.folded(manager);
        Optional<Reference> neighbours = trainer.config().loss().terms().prototypes()
                ? Optional.empty()
                : Optional.of(Reference.of(split.train(), split.labels(), folded, manager));
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

    /**
     * What scores a model without prototypes: the projections of L⁺ ∪ U.
     *
     * @param projections one row an image, (N, D)
     */
    record Reference(float[][] projections) {

        static Reference of(ImageSet train, Label[] labels, Encoder encoder, NDManager manager) {
            int[] rows = IntStream.range(0, labels.length).filter(i -> labels[i] != Label.ABNORMAL).toArray();
            return new Reference(Encodings.projections(train.select(rows), encoder, manager));
        }

        /** Mean cosine with the k nearest rows, (M). */
        double[] score(ImageSet images, int k, Encoder encoder, NDManager manager) {
            try (NDManager scratch = manager.newSubManager()) {
                NDArray train = matrix(scratch);
                float[][] scores = Encodings.read(images, manager, batch -> {
                    NDArray local = train.duplicate(); // so that what is computed from it goes with the batch
                    local.attach(batch.getManager());
                    float[] values = Neighbours.meanCosine(encoder.forward(batch, false).projection(), local, k).toFloatArray();
                    return IntStream.range(0, values.length).mapToObj(i -> new float[] {values[i]}).toArray(float[][]::new);
                });
                return IntStream.range(0, scores.length).mapToDouble(i -> scores[i][0]).toArray();
            }
        }

        /** Scores of the training images themselves, (N); one that is in the reference does not count as its own neighbour. */
        double[] scoreTraining(ImageSet train, Label[] labels, Encoder encoder, NDManager manager) {
            double[] nearest = score(train, 1, encoder, manager);
            if (projections.length > 1) {
                double[] meanOfTwo = score(train, 2, encoder, manager);
                IntStream.range(0, nearest.length).filter(i -> labels[i] != Label.ABNORMAL)
                        .forEach(i -> nearest[i] = 2 * meanOfTwo[i] - nearest[i]);
            }
            return nearest;
        }

        /** The reference on a device, (N, D). */
        NDArray matrix(NDManager manager) {
            return Encodings.matrix(projections, manager);
        }
    }
}
