package org.hscl.features;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hscl.baseline.Method;
import org.hscl.baseline.OnFeatures;
import org.hscl.data.DataException;
import org.hscl.data.Fit;
import org.hscl.data.ImageSet;
import org.hscl.data.LooseImages;
import org.hscl.detect.Detector;
import org.hscl.detect.NormalityModel;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.features.FeatureFolder.FeatureFacts;
import org.hscl.model.Weights;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.History;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/**
 * HSCL on a pretrained network's features: the mean of several heads' Eq. 9, each standardized by its scores of L⁺ ∪ U. Close it to
 * free its native memory.
 */
public final class FeatureDetector implements Detector {

    private final FeatureFacts facts;
    private final List<Weights> heads;
    private final FeatureCache cache;
    private final String device;
    private final NDManager manager;

    FeatureDetector(FeatureFacts facts, List<Weights> heads, FeatureCache cache, String device, NDManager manager) {
        this.facts = facts;
        this.heads = heads;
        this.cache = cache;
        this.device = device;
        this.manager = manager;
    }

    /** Trains the heads in silence, see {@link #fit(Split, Backbone, HeadConfig, FeatureCache, String, TrainingListener)}. */
    public static FeatureDetector fit(Split split, Backbone backbone, HeadConfig config, FeatureCache cache, String device) {
        return fit(split, backbone, config, cache, device, TrainingListener.silent());
    }

    /**
     * Trains the heads; seconds, once the features are there.
     *
     * @param split pictures and what is known of them; without labeled anomalies there is no N-A, and without any label the pile labels
     *     itself: the tenth that a one-class SVM finds least normal stands for anomalies, the more normal half for normal pictures
     * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu(i)}
     * @param listener follows it; a tenth of a head's steps stands for an epoch
     * @throws IllegalArgumentException if no picture is normal or unlabeled, or nothing is left to learn from
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public static FeatureDetector fit(
            Split split, Backbone backbone, HeadConfig config, FeatureCache cache, String device, TrainingListener listener) {
        Label[] labels = split.labels();
        if (Arrays.stream(labels).allMatch(label -> label == Label.ABNORMAL)) {
            throw new IllegalArgumentException(split.name() + " has no normal or unlabeled pictures to learn from; add some");
        }
        float[][] features = cache.features(split.train(), backbone, device);
        FeatureRows sorted = FeatureRows.of(features, labels);
        FeatureRows rows = Arrays.stream(labels).allMatch(label -> label == Label.UNLABELED) ? sorted.selfLabeled(normality(split, features, config.seed())) : sorted;
        if (!config.terms().prototypePositive() && rows.labeledAbnormal().length == 0) {
            throw new IllegalArgumentException(split.name()
                    + " has no labeled anomalies, without which only the positive part of sample-to-prototype is left; leave it on");
        }
        NDManager manager = Torch.engine().newBaseManager(ComputeDevice.choose(device).device());
        HeadLog log = new HeadLog(config, listener);
        try {
            List<Weights> heads = new ArrayList<>();
            List<double[]> spreads = new ArrayList<>();
            float[][] standard = standardized(features, rows.mean(), rows.deviation());
            double[] mean = new double[labels.length];
            for (int number = 0; number < config.heads(); number++) {
                heads.add(FeatureHead.train(rows, config, number, log, manager));
                double[] scores = FeatureHead.similarities(standard, heads.get(number), manager);
                TrainingScores known = TrainingScores.of(scores, labels);
                double[] spread = spread(DoubleStream.concat(Arrays.stream(known.labeledNormal()), Arrays.stream(known.unlabeled())).toArray());
                spreads.add(spread);
                IntStream.range(0, mean.length).forEach(i -> mean[i] += (scores[i] - spread[0]) / spread[1] / config.heads());
            }
            TrainingScores training = TrainingScores.of(mean, labels);
            FeatureFacts facts = new FeatureFacts(FeatureFacts.VERSION, split.name(), split.train().size(),
                    split.train().reading().map(ImageSet.Reading::fit).orElse(null), config, backbone, rows.mean(), rows.deviation(), spreads, training,
                    Threshold.best(training), log.history());
            return new FeatureDetector(facts, heads, cache, device, manager);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** By a one-class SVM on the same features, the best here of what needs no label. */
    private static double[] normality(Split split, float[][] features, long seed) {
        Method machine = OnFeatures.all(images -> features).stream().filter(method -> method.name().equals("OC-SVM")).findFirst().orElseThrow();
        try (NormalityModel fitted = machine.fit(split, HsclConfig.small().withSeed(seed), RunOptions.defaults(), TrainingListener.silent())) {
            return fitted.score(split.train());
        }
    }

    private static double[] spread(double[] scores) {
        double mean = Arrays.stream(scores).average().orElse(0);
        double variance = Arrays.stream(scores).map(score -> (score - mean) * (score - mean)).average().orElse(0);
        return new double[] {mean, Math.max(Math.sqrt(variance), 1e-6)};
    }

    private static float[][] standardized(float[][] features, float[] mean, float[] deviation) {
        return Arrays.stream(features).map(row -> FeatureRows.standardized(row, mean, deviation)).toArray(float[][]::new);
    }

    /** The mean of the heads' standardized Eq. 9, (N); unbounded, higher is more normal. */
    @Override
    public double[] score(ImageSet images) {
        float[][] standard = features(images);
        double[] mean = new double[images.count()];
        for (int number = 0; number < heads.size(); number++) {
            double[] spread = facts.spreads().get(number);
            double[] scores = FeatureHead.similarities(standard, heads.get(number), manager);
            IntStream.range(0, mean.length).forEach(i -> mean[i] += (scores[i] - spread[0]) / spread[1] / heads.size());
        }
        return mean;
    }

    @Override
    public Threshold threshold() {
        return facts.threshold();
    }

    /** The same detector with a threshold chosen by its name, one of {@link Threshold#RULES}; closing either closes both. */
    public FeatureDetector withThreshold(String rule) {
        Threshold chosen = Threshold.named(rule, facts.scores());
        return new FeatureDetector(facts.with(facts.backbone(), chosen), heads, cache, device, manager);
    }

    /** The network's features, standardized by those of L⁺ ∪ U, (N, C). */
    @Override
    public float[][] features(ImageSet images) {
        return standardized(cache.features(images, facts.backbone(), device), facts.mean(), facts.deviation());
    }

    @Override
    public LooseImages pictures(Path folder) {
        Fit trained = facts.fit();
        return new LooseImages(folder, facts.inputSize() == 0 ? facts.backbone().size() : facts.inputSize(), trained == null ? Fit.CROP : trained);
    }

    @Override
    public TrainingScores trainingScores() {
        return facts.scores();
    }

    /** What was learned. */
    public HeadConfig config() {
        return facts.config();
    }

    /** How the heads were trained, one after the other; a tenth of a head's steps stands for an epoch. Empty in folders from before it was kept. */
    public History history() {
        History kept = facts.history();
        return kept == null ? History.empty() : kept;
    }

    /**
     * Saves it, without the network, in the place of an older one.
     *
     * @throws UncheckedIOException if the folder cannot be written, or holds something else
     */
    public void save(Path folder) {
        FeatureFolder.write(folder, facts, heads);
    }

    /**
     * Refuses a folder that {@link #save} would refuse: ask before a long training.
     *
     * @throws UncheckedIOException if it cannot be written, or holds anything but an older detector on features
     */
    public static void checkFolder(Path folder) {
        FeatureFolder.KIND.check(folder);
    }

    /** Whether a folder holds such a detector. */
    public static boolean isIn(Path folder) {
        return FeatureFolder.KIND.isIn(folder);
    }

    /**
     * Loads it.
     *
     * @param network the network's file, or the detector's folder where its encoder served, which must be the one that it was trained with
     * @throws DataException if the folder is missing, damaged or of a later version, or the network is another
     */
    public static FeatureDetector load(Path folder, Path network, FeatureCache cache, String device) {
        return FeatureFolder.read(folder, network, cache, device);
    }

    /** What a saved one is, which network it needs and every setting of its heads, a line each; the network need not be there. */
    public static List<String> describe(Path folder) {
        try {
            return FeatureFolder.facts(folder).describe();
        } catch (IOException e) {
            throw new DataException("no detector can be read from %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
