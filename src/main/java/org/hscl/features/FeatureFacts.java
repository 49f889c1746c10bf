package org.hscl.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hscl.data.Fit;
import org.hscl.data.Json;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.train.History;
import org.jspecify.annotations.Nullable;

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
