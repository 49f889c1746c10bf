package org.hscl.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hscl.data.DataException;
import org.hscl.data.Fit;
import org.hscl.data.Json;
import org.hscl.data.SavedFolder;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.model.Weights;
import org.hscl.train.History;
import org.jspecify.annotations.Nullable;

/**
 * A saved detector on features: {@code features.json} is {@link FeatureFacts}, {@code heads.npz} the heads' arrays, each by its head's
 * number and its own name.
 */
final class FeatureFolder {

    static final SavedFolder KIND = new SavedFolder("features.json", FeatureFacts.VERSION);

    private static final String HEADS = "heads.npz";

    private FeatureFolder() {}

    static void write(Path folder, FeatureFacts facts, List<Weights> heads) {
        NDList arrays = new NDList();
        for (int number = 0; number < heads.size(); number++) {
            for (NDArray array : heads.get(number).toList()) {
                NDArray copy = array.duplicate();
                copy.setName(number + "." + array.getName());
                arrays.add(copy);
            }
        }
        try (arrays) {
            KIND.write(folder, facts, Map.of(HEADS, stream -> arrays.encode(stream, NDList.Encoding.NPZ)));
        }
    }

    static FeatureDetector read(Path folder, Path network, FeatureCache cache, String device) {
        NDManager manager = Torch.engine().newBaseManager(ComputeDevice.choose(device).device());
        try {
            FeatureFacts facts = facts(folder);
            Backbone given = Backbone.at(network);
            if (!given.sha256().equals(facts.backbone().sha256())) {
                throw new DataException("%s was trained with another network than %s; give the one whose SHA-256 is %s"
                        .formatted(folder, network, facts.backbone().sha256()));
            }
            Backbone backbone = new Backbone(network, given.sha256(), facts.backbone().size(), facts.backbone().mean(),
                    facts.backbone().deviation());
            return new FeatureDetector(facts.with(backbone, facts.threshold()), FeatureHead.read(folder.resolve(HEADS), facts.config().heads(), manager), cache, device, manager);
        } catch (IOException e) {
            manager.close();
            throw SavedFolder.unreadable(folder, e);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** What it keeps beside its heads. */
    static FeatureFacts facts(Path folder) throws IOException {
        return KIND.read(folder, FeatureFacts.class, HEADS);
    }

    /**
     * Content of {@code features.json}, what a detector on features keeps beside its heads.
     *
     * @param inputSize of its training pictures in pixels; 0 in files from before this was kept
     * @param fit how they became squares, if they were none
     * @param backbone the network, by its file's name and SHA-256
     * @param mean of each feature, (C)
     * @param deviation of each feature, (C)
     * @param spreads mean and standard deviation of each head's similarities on L⁺ ∪ U
     * @param history the heads' training; none in files from before this was kept
     */
    record FeatureFacts(
            int version,
            String name,
            int inputSize,
            @Nullable Fit fit,
            HeadConfig config,
            Backbone backbone,
            float[] mean,
            float[] deviation,
            List<double[]> spreads,
            TrainingScores scores,
            Threshold threshold,
            @Nullable History history) {

        static final int VERSION = 1;

        /** The same for a network in its place and a threshold. */
        FeatureFacts with(Backbone network, Threshold chosen) {
            return new FeatureFacts(version, name, inputSize, fit, config, network, mean, deviation, spreads, scores, chosen, history);
        }

        /** What it is, which network it needs, and every setting of its heads, a line each. */
        List<String> describe() {
            List<String> lines = new ArrayList<>(List.of(
                    "detector: " + name + ", on a network's features",
                    "network: %s, SHA-256 %s".formatted(backbone.file().getFileName(), backbone.sha256()),
                    "network's input: %d pixels, mean %s, deviation %s".formatted(backbone.size(), backbone.mean(), backbone.deviation()),
                    "trained on: %d labeled normal, %d unlabeled, %d labeled abnormal pictures".formatted(
                            scores.labeledNormal().length, scores.unlabeled().length, scores.labeledAbnormal().length),
                    String.format(Locale.ROOT, "threshold: %.4f (%s)", threshold.score(), threshold.rule())));
            if (fit != null) {
                lines.add("pictures: square by " + fit);
            }
            Json.flat(config).forEach((setting, value) -> lines.add("%s: %s".formatted(setting, value)));
            return lines;
        }
    }
}
