package org.hscl.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.hscl.data.DataSets;
import org.hscl.data.Fit;
import org.hscl.data.OwnImages;
import org.hscl.data.TrainTest;
import org.hscl.scenario.CountingRule;
import org.hscl.scenario.Draw;
import org.hscl.scenario.DrawOrder;
import org.hscl.scenario.OneClass;
import org.hscl.scenario.OwnScenario;
import org.hscl.scenario.Split;
import org.hscl.tiles.PictureFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which images are learned from, and what is known of them. */
final class SplitOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--data", paramLabel = "NAME", description = "A data set: digits, fashion-mnist, cifar10, …")
    private @Nullable String data;

    @Option(names = "--images", paramLabel = "DIR",
            description = "Instead, own images in DIR/normal, DIR/abnormal, DIR/unlabeled; at least one of them.")
    private @Nullable Path images;

    @Option(names = "--input-size", paramLabel = "PIXELS", defaultValue = "32",
            description = "Side of own images: 32, 64 or 128; default ${DEFAULT-VALUE}.")
    private int inputSize;

    @Option(names = "--shape", paramLabel = "FIT", defaultValue = "CROP",
            description = "How own images become squares: crop or stretch; default crop.")
    private Fit fit = Fit.CROP;

    @Option(names = "--strict", description = "Stop if any own file gives no picture; else such files are named and left out.")
    private boolean strict;

    @Option(names = "--test-share", paramLabel = "SHARE",
            description = "Share of own labeled images held out for the test; default 0 to fit, 0.3 to evaluate.")
    private @Nullable Double testShare;

    @Option(names = "--normal", paramLabel = "CLASS", defaultValue = "0",
            description = "The normal class, or group of classes, by name or number; may be repeated; default ${DEFAULT-VALUE}.")
    private List<String> normal = List.of();

    @Option(names = "--labeled", paramLabel = "RATIO", defaultValue = "0.05",
            description = "Labeled ratio of normals and of anomalies; default ${DEFAULT-VALUE}.")
    private double labeled;

    @Option(names = "--pollution", paramLabel = "RATIO", defaultValue = "0.10",
            description = "Anomalies' share of the unlabeled images; default ${DEFAULT-VALUE}.")
    private double pollution;

    @Option(names = "--labeled-anomalies", paramLabel = "CLASS", defaultValue = "all",
            description = "Where labeled anomalies come from: a class, may be repeated, or all; default all.")
    private List<String> labeledAnomalies = List.of();

    @Option(names = "--rule", paramLabel = "RULE", defaultValue = "ELSA",
            description = "elsa: all normals stay and draws are random; released: the authors' counts, first in file order; default elsa.")
    private CountingRule rule = CountingRule.ELSA;

    @Option(names = "--per-class", paramLabel = "N", defaultValue = "0",
            description = "Only the first N training images of each class; default all.")
    private int perClass;

    @Option(names = "--test", paramLabel = "N", defaultValue = "0", description = "Only the first N test images; default all.")
    private int test;

    /** Another default side of own images, for what sees more than the encoder trained here. */
    void defaultInputSize(int pixels) {
        if (images != null && !Objects.requireNonNull(spec).commandLine().getParseResult().hasMatchedOption("--input-size")) {
            inputSize = pixels;
        }
    }

    /**
     * Own pictures at their own size, for tiles; nothing is decoded yet.
     *
     * @param defaultTestShare of own labeled images
     */
    PictureFolder pictures(long seed, double defaultTestShare) {
        CommandSpec command = Objects.requireNonNull(spec);
        Path folder = images;
        if (folder == null) {
            throw Usage.mistake(command, "--tiles needs pictures at their own size; give --images DIR");
        }
        Usage.beside(command, "--tiles", "--data", "--input-size", "--shape", "--strict", "--normal", "--labeled", "--pollution",
                "--labeled-anomalies", "--rule", "--per-class", "--test");
        double share = testShare == null ? defaultTestShare : testShare;
        if (!(share >= 0 && share < 1)) {
            throw Usage.mistake(command, "--test-share is %s; give a share in [0, 1)".formatted(share));
        }
        return PictureFolder.read(folder, share, seed);
    }

    /** The side of the images in pixels. */
    int inputSize() {
        return inputSize;
    }

    /**
     * Reads the images and divides them.
     *
     * @param seed of all draws
     * @param defaultTestShare of own images
     */
    Split split(long seed, double defaultTestShare) {
        CommandSpec command = Objects.requireNonNull(spec);
        Path folder = images;
        String name = data;
        if ((folder == null) == (name == null)) {
            throw Usage.mistake(command, "give either --data NAME or --images DIR");
        }
        if (folder != null) {
            Usage.beside(command, "--images", "--normal", "--labeled", "--pollution", "--labeled-anomalies", "--rule",
                    "--per-class", "--test");
        } else {
            Usage.beside(command, "--data", "--input-size", "--shape", "--test-share", "--strict");
        }
        if (folder != null) {
            OwnScenario scenario = Usage.check(command, () -> OwnScenario.defaults()
                    .withTestShare(testShare == null ? defaultTestShare : testShare)
                    .withSeed(seed));
            OwnImages own = Usage.check(command, () -> OwnImages.defaults(folder).withSize(inputSize).withFit(fit).withStrict(strict));
            return Usage.check(command, () -> scenario.split(own.read()));
        }
        OneClass scenario = Usage.check(command, () -> scenario(seed));
        TrainTest set = Usage.check(command, () -> DataSets.named(String.valueOf(name)));
        return Usage.check(command, () -> scenario.split(set));
    }

    private OneClass scenario(long seed) {
        boolean all = labeledAnomalies.equals(List.of("all"));
        return OneClass.defaults()
                .withNormal(normal.toArray(String[]::new))
                .withLabeledRatio(labeled)
                .withPollutionRatio(pollution)
                .withLabeledAnomalies(all ? new String[0] : labeledAnomalies.toArray(String[]::new))
                .withDraw(new Draw(rule, rule == CountingRule.RELEASED ? DrawOrder.FILE : DrawOrder.RANDOM, seed))
                .withPerClass(perClass)
                .withTestLimit(test);
    }
}
