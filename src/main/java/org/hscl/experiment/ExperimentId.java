package org.hscl.experiment;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hscl.data.Json;
import org.hscl.data.SafeFiles;
import org.hscl.scenario.CrossDataset;
import org.hscl.scenario.OneClass;
import org.hscl.train.HsclConfig;

/**
 * The id of an experiment: 12 hexadecimal digits of the SHA-256 of its canonical JSON. A setting that came after the first
 * format counts only where it differs from its default, so that results on disk keep their ids as settings are added.
 */
final class ExperimentId {

    private static final int LENGTH = 12;

    /** The components of the first format, by name. */
    private static final Set<String> FIRST = Set.of(
            "dataSet", "cell", "method", "config", "seed", "ensembleSamples", "scenario", "settings", "normal", "ratios",
            "labeledNormal", "labeledAbnormal", "pollution", "labeledAnomalies", "draw", "rule", "order", "perClass", "testLimit",
            "limit", "encoder", "width", "inputSize", "projectionDimensions", "prototypes", "augment", "jitterProbability",
            "jitterStrength", "hueStrength", "grayProbability", "minArea", "maxArea", "loss", "variant", "rows", "temperature",
            "threshold", "prototypeWeight", "abnormalWeight", "terms", "sampleToSample", "shift", "prototypePositive",
            "prototypeNegative", "normalToAbnormal", "optimizer", "schedule", "learningRate", "floor", "warmupEpochs",
            "weightDecay", "epochs", "batchSize");

    /** Where a network's file or a detector to start from lies, which its SHA-256 tells better. */
    private static final Set<String> PLACES = Set.of("network", "folder");

    private ExperimentId() {}

    static String of(Experiment experiment) {
        Object defaultCell = experiment.cell() instanceof Cell.OfOneClass
                ? new Cell.OfOneClass(OneClass.defaults())
                : new Cell.OfCrossDataset(CrossDataset.defaults());
        Map<String, Object> defaults = Map.of("cell", Json.tree(defaultCell), "config", Json.tree(HsclConfig.defaults()));
        String canonical = Json.canonical(counted(Json.tree(experiment), defaults));
        byte[] digest = SafeFiles.sha256().digest(canonical.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, LENGTH);
    }

    static Map<String, Object> counted(Map<?, ?> tree, Map<?, ?> defaults) {
        Map<String, Object> counted = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            String name = String.valueOf(key);
            Object usual = defaults.get(key);
            if (!PLACES.contains(name) && (FIRST.contains(name) || !Objects.equals(value, usual))) {
                Map<?, ?> inner = usual instanceof Map<?, ?> map ? map : Map.of();
                counted.put(name, value instanceof Map<?, ?> map ? counted(map, inner) : value);
            }
        });
        return counted;
    }
}
