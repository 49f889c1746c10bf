package org.hscl.cli;

import java.nio.file.Path;
import java.util.Objects;
import org.hscl.detect.AnomalyDetector;
import org.hscl.detect.Detector;
import org.hscl.features.FeatureCache;
import org.hscl.features.FeatureDetector;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A saved detector of either kind. */
final class DetectorOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--detector", paramLabel = "DETECTOR", required = true, description = "A folder that fit has saved.")
    private Path folder = Path.of("");

    @Option(names = "--backbone", paramLabel = "FILE.pt",
            description = "The network that the detector was trained on, where fit had one; any other is refused.")
    private @Nullable Path backbone;

    @Option(names = "--device", paramLabel = "DEVICE", defaultValue = "auto",
            description = "auto, cpu, gpu or gpu(i); default ${DEFAULT-VALUE}.")
    private String device = "auto";

    /** Loads it; whoever asks closes it. */
    Detector load() {
        CommandSpec command = Objects.requireNonNull(spec);
        if (!FeatureDetector.isIn(folder)) {
            Usage.without(command, "a detector on a network's features", "--backbone");
            return Usage.check(command, () -> AnomalyDetector.load(folder, device));
        }
        Path network = backbone;
        if (network == null) {
            throw Usage.mistake(command, "%s was trained on a network's features; give its file with --backbone".formatted(folder));
        }
        return FeatureDetector.load(folder, network, FeatureCache.none(), device);
    }
}
