package org.hscl.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.hscl.data.DataException;
import org.hscl.data.Fit;
import org.hscl.data.FolderWalk;
import org.hscl.data.LooseImages;
import org.hscl.detect.AnomalyDetector;
import org.hscl.detect.NormalityModel;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.features.FeatureCache;
import org.hscl.features.FeatureDetector;
import org.hscl.model.Precision;
import org.hscl.tiles.TileDetector;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.Table;

/** {@code hscl score}: scores a folder of pictures with a saved detector. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Scores all pictures in a folder: one CSV line a file with path, score (higher is more normal), "
                + "anomaly (by the threshold) and, where a file cannot be read, why. Lines are written as they come; "
                + "a stopped call leaves whole ones.")
final class ScoreCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--detector", paramLabel = "DETECTOR", required = true, description = "A folder that fit has saved.")
    private Path detector = Path.of("");

    @Option(names = "--images", paramLabel = "DIR", required = true, description = "Pictures, in DIR and folders below it.")
    private String images = "";

    @Option(names = "--csv", paramLabel = "FILE", description = "Where to write; default: the standard output.")
    private @Nullable Path csv;

    @Option(names = "--spark", paramLabel = "MASTER", arity = "0..1", fallbackValue = "",
            description = "Score on Apache Spark, by default on all cores of this machine; DIR may then be an address that Spark reads, and "
                    + "--parquet says where to write. Needs the build with Spark: mvn -Pspark package -DskipTests.")
    private @Nullable String spark;

    @Option(names = "--parquet", paramLabel = "DIR",
            description = "Where a score on Spark writes: path, score, anomaly, error, the detector's hash, threshold, and a folder a day. "
                    + "Pictures that have a row of this detector and threshold are skipped.")
    private @Nullable String parquet;

    @Option(names = "--report", paramLabel = "FILE.html",
            description = "Also write a page to show: thumbnails from the least normal on, scores, threshold and what it decides; "
                    + "pictures in DIR/normal and DIR/abnormal count as labeled, and give ROC, precision and recall.")
    private @Nullable Path report;

    @Option(names = "--resume", description = "Keep the lines that FILE has, and score only the files that have none.")
    private boolean resume;

    @Option(names = "--threshold", paramLabel = "RULE|VALUE",
            description = "A score below which a picture is an anomaly, or a rule as fit takes it, applied to the scores of the "
                    + "detector's training pictures; default: the detector's own.")
    private @Nullable String threshold;

    @Option(names = "--shape", paramLabel = "FIT",
            description = "How pictures become squares, crop or stretch; default: as at the training, which the detector knows.")
    private @Nullable Fit fit;

    @Option(names = "--device", paramLabel = "DEVICE", defaultValue = "auto",
            description = "auto, cpu, gpu or gpu(i); default ${DEFAULT-VALUE}.")
    private String device = "auto";

    @Option(names = "--precision", paramLabel = "NUMBERS", defaultValue = Precision.AUTO,
            description = "auto: the detector's own where the device computes in them, else float32; or float32 or bfloat16; "
                    + "default ${DEFAULT-VALUE}.")
    private String precision = Precision.AUTO;

    @Option(names = "--backbone", paramLabel = "FILE.pt",
            description = "The network that the detector was trained on, where fit had one; any other is refused.")
    private @Nullable Path backbone;

    @Option(names = "--heatmaps", paramLabel = "DIR",
            description = "Where a detector on tiles draws each picture, red where it is below the threshold, as a PNG file.")
    private @Nullable Path heatmaps;

    @Option(names = "--threads", paramLabel = "N", description = "CPU threads.")
    private @Nullable Integer threads;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        String master = spark;
        if (master != null) {
            return onSpark(master, command);
        }
        Usage.without(command, "--spark", "--parquet");
        if (csv == null) {
            Usage.without(command, "--csv FILE", "--resume");
        }
        Usage.check(command, () -> {
            if (threads != null) {
                Torch.useThreads(threads);
            }
            return threads;
        });
        @Nullable ScoreReport page = report == null ? null : ScoreReport.of(report, folder());
        try (ScoreOutput output = ScoreOutput.open(csv, resume)) { // before the engine starts
            try {
                return scored(output, page, command);
            } catch (CommandLine.ParameterException e) {
                output.forget();
                throw e;
            }
        }
    }

    private int onSpark(String master, CommandSpec command) {
        Usage.beside(command, "--spark", "--csv", "--resume", "--report", "--heatmaps", "--shape", "--device", "--precision", "--threads");
        String target = parquet;
        if (target == null) {
            throw Usage.mistake(command, "--spark has no place for its results; give --parquet DIR");
        }
        Cluster cluster = Usage.check(command, Cluster::here);
        command.commandLine().getErr().println(
                StopSignal.during(() -> cluster.score(master, images, detector, backbone, threshold, target)));
        return 0;
    }

    private Path folder() {
        return Path.of(images);
    }

    private int scored(ScoreOutput output, @Nullable ScoreReport page, CommandSpec command) {
        if (TileDetector.isIn(detector)) {
            return onTiles(output, page, command);
        }
        Usage.without(command, "a detector on tiles", "--heatmaps");
        if (FeatureDetector.isIn(detector)) {
            return onFeatures(output, page, command);
        }
        Usage.without(command, "a detector on a network's features", "--backbone");
        try (AnomalyDetector model = Usage.check(command, () -> AnomalyDetector.load(detector, device))) {
            AnomalyDetector chosen = Usage.check(command, () -> model.withPrecision(numbers(model.precision())));
            Scoring scoring = scoring(chosen, command);
            return told(scoring, output, page, model.trainingScores(), List.of(), command);
        }
    }

    private int onFeatures(ScoreOutput output, @Nullable ScoreReport page, CommandSpec command) {
        Usage.beside(command, "a detector on a network's features", "--precision", "--shape");
        Path network = backbone;
        if (network == null) {
            throw Usage.mistake(command, "%s was trained on a network's features; give its file with --backbone".formatted(detector));
        }
        try (FeatureDetector model = FeatureDetector.load(detector, network, FeatureCache.none(), device)) {
            Threshold line = Usage.check(command, () -> line(model.threshold(), model.trainingScores()));
            Scoring scoring = scoring(model, line, model.pictures(folder()), command);
            return told(scoring, output, page, model.trainingScores(), List.of(), command);
        }
    }

    private int onTiles(ScoreOutput output, @Nullable ScoreReport page, CommandSpec command) {
        Usage.beside(command, "a detector on tiles", "--precision", "--shape", "--backbone");
        try (TileDetector model = Usage.check(command, () -> TileDetector.load(detector, device))) {
            Threshold line = Usage.check(command, () -> line(model.threshold(), model.trainingScores()));
            Scoring scoring = new TileScoring(model, line, folder(), heatmaps).of(files(FolderWalk.of(folder()), command), rows());
            return told(scoring, output, page, model.trainingScores(), List.of(TileScoring.REMARK), command);
        }
    }

    private static int told(Scoring scoring, ScoreOutput output, @Nullable ScoreReport page, TrainingScores training,
            List<String> remarks, CommandSpec command) {
        Scoring.Tally tally = StopSignal.during(() -> output.take(scoring, command));
        command.commandLine().getErr().println(tally.line());
        if (page != null && !tally.isFailure()) {
            page.write(scoring, training, remarks);
        }
        return tally.isFailure() ? 1 : 0;
    }

    private Precision numbers(Precision trained) {
        ComputeDevice chosen = ComputeDevice.choose(device);
        boolean own = precision.equals(Precision.AUTO) && trained == Precision.FLOAT32;
        return own ? trained : Precision.of(precision, chosen);
    }

    private Scoring scoring(AnomalyDetector model, CommandSpec command) {
        Threshold line = Usage.check(command, () -> line(model.threshold(), model.trainingScores()));
        return scoring(model, line, pictures(model, command), command);
    }

    /** The threshold that is asked for. */
    private Threshold line(Threshold own, TrainingScores training) {
        String wanted = threshold;
        return wanted == null ? own : Threshold.of(wanted, training);
    }

    private Scoring scoring(NormalityModel model, Threshold threshold, LooseImages loose, CommandSpec command) {
        return Scoring.of(model, threshold, loose, files(loose.walk(), command), rows());
    }

    /** Where a report needs all rows. */
    private @Nullable Table rows() {
        return report == null ? null : ScoreFile.none();
    }

    /** The pictures, without what this command writes itself. */
    private List<Path> files(FolderWalk walk, CommandSpec command) {
        List<Path> files = walk.files().stream().filter(file -> !file.equals(csv) && !file.equals(report))
                .filter(file -> heatmaps == null || !file.toAbsolutePath().startsWith(heatmaps.toAbsolutePath())).toList();
        if (files.isEmpty()) {
            throw new DataException("%s holds no files that may be pictures; give a folder with pictures".formatted(images));
        }
        if (!walk.leftOut().isEmpty()) {
            command.commandLine().getErr().printf("left out, by their names no pictures: %d files, such as %s%n",
                    walk.leftOut().size(), walk.leftOut().get(0));
        }
        return files;
    }

    /** The pictures, prepared as those of the training; a detector of an earlier version does not know how. */
    private LooseImages pictures(AnomalyDetector model, CommandSpec command) {
        Fit wanted = fit;
        if (wanted == null) {
            return model.pictures(folder());
        }
        model.fit().filter(trained -> trained != wanted).ifPresent(trained -> {
            throw Usage.mistake(command, "--shape is %s, but the detector was trained on pictures read with %s; leave it out"
                    .formatted(wanted, trained));
        });
        return new LooseImages(folder(), model.config().encoder().inputSize(), wanted);
    }
}
