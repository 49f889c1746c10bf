package org.hscl.cli;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.hscl.data.Json;
import org.hscl.detect.AnomalyDetector;
import org.hscl.eval.Threshold;
import org.hscl.features.Backbone;
import org.hscl.features.FeatureDetector;
import org.hscl.features.HeadConfig;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.tiles.LabeledPicture;
import org.hscl.tiles.PictureFolder;
import org.hscl.tiles.TileDetector;
import org.hscl.tiles.TileScale;
import org.hscl.train.ConsoleProgress;
import org.hscl.train.History;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.WarmStart;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hscl fit}: trains a detector and saves it. */
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains a detector and saves it to a folder; prints the folder and the threshold as JSON.")
final class FitCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private SplitOptions images = new SplitOptions();

    @Option(names = "--out", paramLabel = "DETECTOR", required = true, description = "The folder to save the detector to.")
    private Path out = Path.of("");

    @Option(names = "--threshold", paramLabel = "RULE",
            description = "labels, unlabeled, false-positive-rate=RATE, review=SHARE or COUNT:OF (of pictures like the unlabeled ones) or cost=FN:FP "
                    + "(prices of a miss and of a false alarm); default: the first of these that the images allow.")
    private @Nullable String threshold;

    @Option(names = "--history", paramLabel = "FILE", description = "Write the losses of each epoch to a CSV file.")
    private @Nullable Path history;

    @Option(names = "--tiles", paramLabel = "auto|SIZE[,SIZE…]",
            description = "Cut own images into tiles at their own size instead of shrinking them: 32, 64 or 128, each with /N for a part "
                    + "of the size, such as 64,32/4, which is auto; masks in DIR/masks, boxes in DIR/boxes.csv, or MVTec AD's folders.")
    private @Nullable String tiles;

    @Option(names = "--from", paramLabel = "DETECTOR",
            description = "Start from the weights of a saved detector of the same architecture, width and image size, not from fresh ones.")
    private @Nullable Path from;

    @Mixin
    private BackboneOptions backbone = new BackboneOptions();

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        String cut = tiles;
        if (cut != null) {
            return onTiles(cut, command);
        }
        if (backbone.isGiven()) {
            return onFeatures(command);
        }
        HsclConfig fresh = training.config(images.inputSize());
        Path start = from;
        HsclConfig config = start == null ? fresh : Usage.check(command, () -> fresh.withWarmStart(WarmStart.of(start)));
        RunOptions options = training.runOptions();
        checkPlaces(command);
        Split split = images.split(training.seed(), 0);
        String rule = threshold;
        checkThreshold(command, split);
        try (Training trained = Training.run(split, config, options)) {
            AnomalyDetector fitted = trained.detector();
            save(fitted); // before anything else can fail
            AnomalyDetector detector = rule == null ? fitted : fitted.withThreshold(rule);
            if (rule != null) {
                save(detector);
            }
            if (history != null) {
                detector.history().writeCsv(history);
            }
            Map<String, Object> summary = summary(detector.threshold());
            summary.put("weights_sha256", detector.weightsSha256());
            command.commandLine().getOut().println(Json.line(summary));
        }
        return 0;
    }

    private int onTiles(String cut, CommandSpec command) {
        Usage.beside(command, "--tiles", "--history", "--backbone", "--from");
        TileRuns runs = new TileRuns(Usage.check(command, () -> TileScale.parse(cut)), training);
        TileDetector.checkFolder(out);
        PictureFolder pictures = images.pictures(training.seed(), 0);
        String rule = threshold;
        if (rule != null) {
            Label[] labels = pictures.train().stream().map(LabeledPicture::label).toArray(Label[]::new);
            Usage.check(command, () -> {
                Threshold.check(rule, labels);
                return rule;
            });
        }
        try (TileDetector fitted = runs.fit(pictures)) {
            TileDetector detector = rule == null ? fitted : fitted.withThreshold(Threshold.named(rule, fitted.trainingScores()));
            detector.save(out);
            command.commandLine().getOut().println(Json.line(summary(detector.threshold())));
        }
        return 0;
    }

    private void checkThreshold(CommandSpec command, Split split) {
        String rule = threshold;
        if (rule != null) {
            Usage.check(command, () -> {
                Threshold.check(rule, split.labels());
                return rule;
            });
        }
    }

    /** Heads on a network's features, in the same folder as any detector. */
    private int onFeatures(CommandSpec command) {
        if (from != null) {
            throw Usage.mistake(command, "--from %s has no effect beside --backbone, whose heads are trained anew in seconds; "
                    .formatted(from) + "to learn on a detector's encoder, give its folder as --backbone");
        }
        Usage.beside(command, "--backbone", "--checkpoints", "--resume", "--checkpoint-every", "--epochs", "--warmup",
                "--width", "--architecture", "--batch", "--lr", "--prototypes", "--variant", "--precision");
        images.defaultInputSize(BackboneOptions.INPUT_SIZE);
        RunOptions options = training.runOptions();
        Backbone network = backbone.network();
        checkPlaces(command);
        Split split = images.split(training.seed(), 0);
        checkThreshold(command, split);
        split.notes().forEach(System.err::println);
        System.err.println(split.name());
        HeadConfig head = backbone.head().withSeed(training.seed());
        try (FeatureDetector fitted = train(split, network, head, options)) {
            FeatureDetector detector = threshold == null ? fitted : fitted.withThreshold(threshold);
            detector.save(out);
            if (history != null) {
                detector.history().writeCsv(history);
            }
            Map<String, Object> summary = summary(detector.threshold());
            summary.put("backbone_sha256", network.sha256());
            command.commandLine().getOut().println(Json.line(summary));
        }
        return 0;
    }

    private static FeatureDetector train(Split split, Backbone network, HeadConfig head, RunOptions options) {
        PrintStream err = System.err;
        try (ConsoleProgress shown = System.console() == null ? ConsoleProgress.everyEpoch(err) : ConsoleProgress.live(err)) {
            return StopSignal.during(() -> FeatureDetector.fit(
                    split, network, head, BackboneOptions.cache(), options.device(), shown));
        }
    }

    /** What cannot be written is said before the training. */
    private void checkPlaces(CommandSpec command) {
        training.checkpoints().ifPresent(folder -> {
            if (folder.toAbsolutePath().normalize().startsWith(out.toAbsolutePath().normalize())) {
                throw Usage.mistake(command, "--checkpoints %s lies in --out %s; give another folder".formatted(folder, out));
            }
        });
        if (backbone.isGiven()) {
            FeatureDetector.checkFolder(out);
        } else {
            AnomalyDetector.checkFolder(out);
        }
        if (history != null) {
            History.checkFile(history);
        }
    }

    /** A training is not lost because its place has gone. */
    private void save(AnomalyDetector detector) {
        try {
            detector.save(out);
        } catch (UncheckedIOException e) {
            Path kept = Path.of(System.getProperty("java.io.tmpdir"), "hscl-detector-" + UUID.randomUUID());
            detector.save(kept);
            throw new UncheckedIOException("%s; it was saved to %s instead".formatted(e.getMessage(), kept), e.getCause());
        }
    }

    private Map<String, Object> summary(Threshold chosen) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("detector", out.toString());
        summary.put("threshold", chosen.score());
        summary.put("threshold_rule", chosen.rule());
        chosen.contaminationRatio().ifPresent(ratio -> summary.put("contamination_estimate", ratio));
        return summary;
    }
}
