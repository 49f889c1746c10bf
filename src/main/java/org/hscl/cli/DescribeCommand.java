package org.hscl.cli;

import java.nio.file.Path;
import java.util.Objects;
import org.hscl.detect.AnomalyDetector;
import org.hscl.features.FeatureDetector;
import org.hscl.tiles.TileDetector;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hscl describe}: where a saved detector comes from. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description = "Tells what a detector is, where it comes from (versions, device, data, time) and every setting of its training.")
final class DescribeCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DETECTOR", description = "A folder that fit has saved.")
    private Path detector = Path.of("");

    @Override
    public void run() {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        if (FeatureDetector.isIn(detector)) {
            FeatureDetector.describe(detector).forEach(out::println);
            return;
        }
        if (TileDetector.isIn(detector)) {
            try (TileDetector saved = TileDetector.load(detector, "cpu")) {
                saved.describe().forEach(out::println);
            }
            return;
        }
        try (AnomalyDetector saved = AnomalyDetector.load(detector, "cpu")) {
            saved.describe().forEach(out::println);
            out.println("weights: SHA-256 " + saved.weightsSha256());
        }
    }
}
