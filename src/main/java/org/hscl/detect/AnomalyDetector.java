package org.hscl.detect;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hscl.data.DataException;
import org.hscl.data.Fit;
import org.hscl.data.ImageSet;
import org.hscl.data.LooseImages;
import org.hscl.eval.Encodings;
import org.hscl.eval.EnsembleConfig;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.model.Precision;
import org.hscl.scenario.Split;
import org.hscl.train.History;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;
import tech.tablesaw.api.Table;

/**
 * A trained HSCL model: it scores images, decides by a threshold, and is saved to a folder. Closing it frees its native memory at
 * once, as a program that makes many should; else that happens when nobody holds it any more. A closed one refuses to score, in a
 * sentence.
 */
public final class AnomalyDetector implements Detector {

    private final Facts facts;
    private final Parts parts;

    AnomalyDetector(Facts facts, Parts parts) {
        this.facts = facts;
        this.parts = parts;
    }

    /**
     * Trains a detector. Its threshold comes from the labels where both kinds are known, else from the unlabeled scores,
     * else it reports 5 % of the labeled normals.
     *
     * @param split images and what is known of them
     * @param config what is learned
     * @param options where it runs and what it saves
     * @param listener follows the training
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     * @throws org.hscl.train.TrainingException if a loss is no longer finite, or the checkpoints belong to another training
     */
    public static AnomalyDetector fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        return Parts.fit(split, config, options, listener);
    }

    /**
     * Refuses a folder that {@link #save} would refuse: ask before a long training.
     *
     * @throws UncheckedIOException if it cannot be written, or holds anything but an older detector
     */
    public static void checkFolder(Path folder) {
        DetectorFolder.KIND.check(folder);
    }

    /**
     * Saves the detector to a folder, in place of an older one there; the folder is whole or not there. It holds
     * {@code detector.json} (format version, configuration, class names, statistics, threshold, history), {@code weights.npz}
     * (PyTorch's names), {@code scores.npz} (scores of the training images) and {@code SHA256SUMS}.
     *
     * @throws UncheckedIOException if the folder cannot be written, or holds anything but an older detector
     */
    public void save(Path folder) {
        DetectorFolder.write(folder, facts, parts);
    }

    /** Loads a detector to the first GPU or else the CPU, wherever it was trained. */
    public static AnomalyDetector load(Path folder) {
        return load(folder, "auto");
    }

    /**
     * Loads a detector.
     *
     * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu(i)}
     * @throws DataException if the folder is missing, damaged or of a later version
     */
    public static AnomalyDetector load(Path folder, String device) {
        return DetectorFolder.read(folder, device);
    }

    /**
     * Eq. 9 on clean images, or k-NN with k = 1 where no prototypes were learned.
     *
     * @throws IllegalArgumentException if the pictures became squares in another way than those that it was trained on
     */
    @Override
    public double[] score(ImageSet images) {
        return parts.score(facts.checked(images));
    }

    @Override
    public LooseImages pictures(Path folder) {
        return new LooseImages(folder, config().encoder().inputSize(), facts.fit().orElse(Fit.CROP));
    }

    /** How pictures became the squares that it was trained on; none if its images were squares, or it is from before this was kept. */
    public Optional<Fit> fit() {
        return facts.fit();
    }

    /**
     * Decides by the threshold.
     *
     * @return whether each image is an anomaly, (N)
     */
    public boolean[] predict(ImageSet images) {
        return threshold().areAnomalies(score(images));
    }

    /**
     * Images in order of their scores, the least normal first.
     *
     * @param images one's own, each with its file
     * @return one row an image: file, score (higher is more normal), whether it is an anomaly by the threshold
     */
    public Table rank(ImageSet images) {
        return facts.ranking(images, score(images));
    }

    /** The same detector with another threshold; closing either closes both. */
    public AnomalyDetector withThreshold(Threshold chosen) {
        return new AnomalyDetector(facts.withThreshold(chosen), parts);
    }

    /**
     * The same detector whose trunk computes in other numbers when it scores; closing either closes both. Scores move by about
     * as much as bfloat16 rounds, some thousandths; those of its training images stay as they are.
     */
    public AnomalyDetector withPrecision(Precision numbers) {
        return new AnomalyDetector(facts, parts.withPrecision(numbers));
    }

    /** The numbers in which its trunk computes: its training's, unless {@link #withPrecision} chose others. */
    public Precision precision() {
        return parts.encoder().config().precision();
    }

    /** The same detector with a threshold chosen by its name, one of {@link Threshold#RULES}. */
    public AnomalyDetector withThreshold(String rule) {
        return withThreshold(Threshold.named(rule, trainingScores()));
    }

    /**
     * The ensemble score over augmented samples and rotations.
     *
     * @param calibration training images: L⁺ ∪ U for the paper's variant, all for the released one
     * @param ensemble its settings
     * @return a model that shares this detector's memory; its scores are unbounded
     * @throws IllegalArgumentException if no prototypes were learned
     */
    public EnsembleModel ensemble(ImageSet calibration, EnsembleConfig ensemble) {
        return EnsembleModel.of(parts, facts, calibration, ensemble);
    }

    /** The ensemble scores of images, calibrated for this one call, (N); higher is more normal, unbounded. */
    public double[] ensembleScore(ImageSet images, ImageSet calibration, EnsembleConfig ensemble) {
        return ensemble(calibration, ensemble).score(images);
    }

    /** Projections z of clean images, (N, D), not normalized. */
    public float[][] projections(ImageSet images) {
        return parts.memory().during(manager -> Encodings.projections(facts.checked(images), parts.encoder(), manager));
    }

    @Override
    public float[][] features(ImageSet images) {
        return parts.memory().during(manager -> Encodings.features(facts.checked(images), parts.encoder(), manager));
    }

    /** The configuration it was trained with. */
    public HsclConfig config() {
        return facts.config();
    }

    /** Where it comes from: versions, device, data, time; none if it is from before this was kept. */
    public Optional<Provenance> provenance() {
        return facts.provenance();
    }

    /** What it is, where it comes from and every setting of its training, a line each. */
    public List<String> describe() {
        return facts.describe();
    }

    /** The course of its training. */
    public History history() {
        return facts.history();
    }

    /** The split it was trained on, by name. */
    public String name() {
        return facts.name();
    }

    /** The classes of its training images. */
    public List<String> classNames() {
        return facts.classNames();
    }

    /** Optimizer steps of its training. */
    public long steps() {
        return facts.steps();
    }

    @Override
    public TrainingScores trainingScores() {
        return facts.scores();
    }

    @Override
    public Threshold threshold() {
        return facts.threshold();
    }

    /** SHA-256 of all weights and running statistics in the order of their names, in hexadecimal. */
    public String weightsSha256() {
        return parts.memory().during(manager -> parts.trained().weights().sha256());
    }

    @Override
    public void close() {
        parts.memory().close();
    }
}
