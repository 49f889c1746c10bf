package org.hscl.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hscl.data.DataException;
import org.hscl.data.Fit;
import org.hscl.data.ImageSet;
import org.hscl.data.Json;
import org.hscl.data.LooseImages;
import org.hscl.data.SafeFiles;
import org.hscl.data.SafeFolder;
import org.hscl.detect.NormalityModel;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.model.Weights;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;

/**
 * HSCL on a pretrained network's features: the mean of several heads' Eq. 9, each standardized by its scores of L⁺ ∪ U. Close it to
 * free its native memory.
 */
public final class FeatureDetector implements NormalityModel {

    private static final String FACTS = "features.json";
    private static final String HEADS = "heads.npz";

    private final FeatureFacts facts;
    private final List<Weights> heads;
    private final FeatureCache cache;
    private final String device;
    private final NDManager manager;

    private FeatureDetector(FeatureFacts facts, List<Weights> heads, FeatureCache cache, String device, NDManager manager) {
        this.facts = facts;
        this.heads = heads;
        this.cache = cache;
        this.device = device;
        this.manager = manager;
    }

    /**
     * Trains the heads; seconds, once the features are there.
     *
     * @param split pictures and what is known of them; without labeled anomalies there is no N-A
     * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu(i)}
     * @throws IllegalArgumentException if no picture is normal or unlabeled
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public static FeatureDetector fit(Split split, Backbone backbone, HeadConfig config, FeatureCache cache, String device) {
        Label[] labels = split.labels();
        if (Arrays.stream(labels).allMatch(label -> label == Label.ABNORMAL)) {
            throw new IllegalArgumentException(split.name() + " has no normal or unlabeled pictures to learn from; add some");
        }
        float[][] features = cache.features(split.train(), backbone, device);
        FeatureRows rows = FeatureRows.of(features, labels);
        NDManager manager = Torch.engine().newBaseManager(ComputeDevice.choose(device).device());
        try {
            List<Weights> heads = new ArrayList<>();
            List<double[]> spreads = new ArrayList<>();
            float[][] standard = standardized(features, rows.mean(), rows.deviation());
            double[] mean = new double[labels.length];
            for (int number = 0; number < config.heads(); number++) {
                heads.add(FeatureHead.train(rows, config, number, manager));
                double[] scores = FeatureHead.similarities(standard, heads.get(number), manager);
                TrainingScores known = TrainingScores.of(scores, labels);
                double[] spread = spread(DoubleStream.concat(Arrays.stream(known.labeledNormal()), Arrays.stream(known.unlabeled())).toArray());
                spreads.add(spread);
                IntStream.range(0, mean.length).forEach(i -> mean[i] += (scores[i] - spread[0]) / spread[1] / config.heads());
            }
            TrainingScores training = TrainingScores.of(mean, labels);
            FeatureFacts facts = new FeatureFacts(FeatureFacts.VERSION, split.name(), split.train().size(),
                    split.train().reading().map(ImageSet.Reading::fit).orElse(null), config, backbone, rows.mean(), rows.deviation(), spreads, training,
                    Threshold.best(training));
            return new FeatureDetector(facts, heads, cache, device, manager);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
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
        float[][] standard = standardized(cache.features(images, facts.backbone(), device), facts.mean(), facts.deviation());
        double[] mean = new double[images.count()];
        for (int number = 0; number < heads.size(); number++) {
            double[] spread = facts.spreads().get(number);
            double[] scores = FeatureHead.similarities(standard, heads.get(number), manager);
            IntStream.range(0, mean.length).forEach(i -> mean[i] += (scores[i] - spread[0]) / spread[1] / heads.size());
        }
        return mean;
    }

    /** Below it, a picture is an anomaly. */
    public Threshold threshold() {
        return facts.threshold();
    }

    /** The same detector with a threshold chosen by its name, one of {@link Threshold#RULES}; closing either closes both. */
    public FeatureDetector withThreshold(String rule) {
        Threshold chosen = Threshold.named(rule, facts.scores());
        return new FeatureDetector(facts.with(facts.backbone(), chosen), heads, cache, device, manager);
    }

    /** Pictures in a folder and below it, to be read as those that it was trained on. */
    public LooseImages pictures(Path folder) {
        Fit trained = facts.fit();
        return new LooseImages(folder, facts.inputSize() == 0 ? facts.backbone().size() : facts.inputSize(), trained == null ? Fit.CROP : trained);
    }

    /** The scores of its training pictures. */
    public TrainingScores trainingScores() {
        return facts.scores();
    }

    /** What was learned. */
    public HeadConfig config() {
        return facts.config();
    }

    /**
     * Saves it, without the network, in the place of an older one.
     *
     * @throws UncheckedIOException if the folder cannot be written, or holds something else
     */
    public void save(Path folder) {
        NDList arrays = new NDList();
        for (int number = 0; number < heads.size(); number++) {
            for (NDArray array : heads.get(number).toList()) {
                NDArray copy = array.duplicate();
                copy.setName(number + "." + array.getName());
                arrays.add(copy);
            }
        }
        Map<String, SafeFiles.Content> files = new LinkedHashMap<>();
        files.put(FACTS, stream -> stream.write(Json.pretty(facts).getBytes(StandardCharsets.UTF_8)));
        files.put(HEADS, stream -> arrays.encode(stream, NDList.Encoding.NPZ));
        try (arrays) {
            SafeFolder.write(folder, FACTS, files);
        } catch (IOException e) {
            throw new UncheckedIOException("the detector cannot be saved to %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /** Whether a folder holds such a detector. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(FACTS));
    }

    /**
     * Loads it.
     *
     * @param network the network's file, or the detector's folder where its encoder served, which must be the one that it was trained with
     * @throws DataException if the folder is missing, damaged or of a later version, or the network is another
     */
    public static FeatureDetector load(Path folder, Path network, FeatureCache cache, String device) {
        NDManager manager = Torch.engine().newBaseManager(ComputeDevice.choose(device).device());
        try {
            Path file = folder.resolve(FACTS);
            SafeFolder.verify(folder);
            if (Json.version(Files.readString(file), file.toString()) > FeatureFacts.VERSION) {
                throw new DataException("%s was written by a later library; use a newer one".formatted(file));
            }
            FeatureFacts facts = Json.read(Files.readString(file), FeatureFacts.class, file.toString());
            Backbone given = Backbone.in(network);
            if (!given.sha256().equals(facts.backbone().sha256())) {
                throw new DataException("%s was trained with another network than %s; give the one whose SHA-256 is %s"
                        .formatted(folder, network, facts.backbone().sha256()));
            }
            Backbone backbone = new Backbone(network, given.sha256(), facts.backbone().size(), facts.backbone().mean(),
                    facts.backbone().deviation());
            return new FeatureDetector(facts.with(backbone, facts.threshold()), FeatureHead.read(folder.resolve(HEADS), facts.config().heads(), manager), cache, device, manager);
        } catch (IOException e) {
            manager.close();
            throw new DataException("no detector can be loaded from %s: %s".formatted(folder, e.getMessage()), e);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
