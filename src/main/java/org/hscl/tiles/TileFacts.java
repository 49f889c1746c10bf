package org.hscl.tiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hscl.data.Json;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.train.HsclConfig;

/**
 * Content of {@code tiles.json}, what a detector on tiles keeps beside its weights.
 *
 * @param name of the pictures that it was trained on
 * @param scales at which pictures are cut
 * @param config of each scale's training, but for its input size
 * @param spreads mean and standard deviation of the lowest tile of labeled normal pictures, or of unlabeled ones, at each scale
 * @param scores of the training pictures
 * @param threshold below which a picture is an anomaly
 */
record TileFacts(
        int version,
        String name,
        List<TileScale> scales,
        HsclConfig config,
        List<double[]> spreads,
        TrainingScores scores,
        Threshold threshold) {

    static final int VERSION = 1;

    TileFacts withThreshold(Threshold chosen) {
        return new TileFacts(version, name, scales, config, spreads, scores, chosen);
    }

    /** What it is, and every setting of its training, a line each. */
    List<String> describe() {
        List<String> lines = new ArrayList<>(List.of(
                "detector: " + name + ", on tiles " + scales,
                "trained on: %d labeled normal, %d unlabeled, %d labeled abnormal pictures".formatted(
                        scores.labeledNormal().length, scores.unlabeled().length, scores.labeledAbnormal().length),
                String.format(Locale.ROOT, "threshold: %.4f (%s)", threshold.score(), threshold.rule())));
        Json.flat(config).forEach((setting, value) -> lines.add("%s: %s".formatted(setting, value)));
        return lines;
    }
}
