package org.hscl.experiment;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hscl.data.Json;
import org.hscl.train.HsclConfig;

/** Settings that no other part of a label names and that differ from their defaults: no sweep poses as the method itself. */
final class OtherSettings {

    /** What the method's name, the size or a column of their own say already. */
    private static final Set<String> NAMED =
            Set.of("encoder.width", "encoder.precision", "encoder.prototypes", "epochs", "batchSize", "seed", "optimizer.warmupEpochs");

    private OtherSettings() {}

    /** Such as {@code learningRate 0.01, grayProbability 0.0}; empty where all is as usual. */
    static String of(HsclConfig config) {
        Map<String, String> usual = Json.flat(HsclConfig.defaults().withVariant(config.loss().variant()));
        List<String> others = Json.flat(config).entrySet().stream()
                .filter(entry -> !NAMED.contains(entry.getKey()) && !entry.getKey().startsWith("loss."))
                .filter(entry -> !entry.getValue().equals(usual.get(entry.getKey())))
                .map(entry -> entry.getKey().replaceFirst(".*\\.", "") + " " + entry.getValue())
                .toList();
        return String.join(", ", others);
    }
}
