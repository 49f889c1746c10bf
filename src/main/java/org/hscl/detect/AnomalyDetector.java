package org.hscl.detect;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hscl.data.ImageSet;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.hscl.eval.EnsembleConfig;
import org.hscl.eval.EnsembleScore;
import org.hscl.eval.Encodings;
import org.hscl.eval.KnnScore;
import org.hscl.eval.NormalityScore;
import org.hscl.model.Encoder;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.History;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.Trainer;
import org.hscl.train.TrainingListener;

/** A trained HSCL model. Close it to free its native memory. */
public final class AnomalyDetector implements NormalityModel {

    private final HsclConfig config;
    private final History history;
    private final NDManager manager;
    private final Encoder encoder;
    private final Optional<float[][]> neighbours;

    private AnomalyDetector(
            HsclConfig config, History history, NDManager manager, Encoder encoder, Optional<float[][]> neighbours) {
        this.config = config;
        this.history = history;
        this.manager = manager;
        this.encoder = encoder;
        this.neighbours = neighbours;
    }

    /**
     * Trains a detector.
     *
     * @param split images and what is known of them
     * @param config what is learned
     * @param options where it runs and what it saves
     * @param listener follows the training
     */
    public static AnomalyDetector fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        ComputeDevice device = ComputeDevice.choose(options.device());
        try (Trainer trainer =
                new Trainer(split.train(), split.labels(), config, device, options.checkpoints(), listener)) {
            History history = trainer.train(listener);
            NDManager manager = Torch.engine().newBaseManager(device.device());
            Encoder encoder = trainer.encoder().folded(manager);
            return new AnomalyDetector(config, history, manager, encoder, neighbours(split, config, encoder, manager));
        }
    }

    /** Without prototypes the score is k-NN over L⁺ ∪ U, so their projections are kept. */
    private static Optional<float[][]> neighbours(Split split, HsclConfig config, Encoder encoder, NDManager manager) {
        if (config.loss().terms().prototypes()) {
            return Optional.empty();
        }
        Label[] labels = split.labels();
        int[] rows = IntStream.range(0, labels.length).filter(i -> labels[i] != Label.ABNORMAL).toArray();
        return Optional.of(Encodings.projections(split.train().select(rows), encoder, manager));
    }

    /** Eq. 9 on clean images, or k-NN where no prototypes were learned. */
    @Override
    public double[] score(ImageSet images) {
        return neighbours.isEmpty() ? NormalityScore.of(images, encoder, manager) : knnScore(images, 1);
    }

    /**
     * The ensemble score over augmented samples and rotations.
     *
     * @param images N images
     * @param train the training images that calibrate it
     * @param ensemble its settings
     * @return (N), higher is more normal
     */
    public double[] ensembleScore(ImageSet images, ImageSet train, EnsembleConfig ensemble) {
        return EnsembleScore.calibrated(ensemble, train, encoder, config.augment(), manager)
                .of(images, encoder, config.augment(), manager);
    }

    private double[] knnScore(ImageSet images, int k) {
        float[][] reference = neighbours.orElseThrow();
        try (NDManager scratch = manager.newSubManager()) {
            NDArray train = matrix(reference, scratch);
            float[][] scores = Encodings.read(images, manager, batch -> {
                float[] values = KnnScore.of(encoder.forward(batch, false).projection(), train, k).toFloatArray();
                return IntStream.range(0, values.length).mapToObj(i -> new float[] {values[i]}).toArray(float[][]::new);
            });
            return IntStream.range(0, scores.length).mapToDouble(i -> scores[i][0]).toArray();
        }
    }

    private static NDArray matrix(float[][] rows, NDManager manager) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * rows[i].length, rows[i].length);
        }
        return manager.create(flat, new Shape(rows.length, rows[0].length));
    }

    /** Projections z of clean images, (N, D), not normalized. */
    public float[][] projections(ImageSet images) {
        return Encodings.projections(images, encoder, manager);
    }

    /** Penultimate features of clean images, (N, 8 · width). */
    public float[][] features(ImageSet images) {
        return Encodings.features(images, encoder, manager);
    }

    /** The configuration it was trained with. */
    public HsclConfig config() {
        return config;
    }

    /** The course of its training. */
    public History history() {
        return history;
    }

    @Override
    public void close() {
        encoder.close();
        manager.close();
    }
}
