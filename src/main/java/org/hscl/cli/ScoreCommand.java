package org.hscl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.hscl.data.DataException;
import org.hscl.data.Fit;
import org.hscl.data.ImageRow;
import org.hscl.data.ImageSet;
import org.hscl.data.LooseImages;
import org.hscl.detect.AnomalyDetector;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.hscl.model.Precision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** {@code hscl score}: scores a folder of pictures with a saved detector, in the memory of a batch. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Scores all pictures in a folder: one CSV line a file with path, score (higher is more normal), "
                + "anomaly (by the detector's threshold) and, where a file cannot be read, why.")
final class ScoreCommand implements Callable<Integer> {

    private static final int FILES_AT_ONCE = 128;
    private static final double SAME_SCORE = 1e-3;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--detector", paramLabel = "DETECTOR", required = true, description = "A folder that fit has saved.")
    private Path detector = Path.of("");

    @Option(names = "--images", paramLabel = "DIR", required = true, description = "Pictures, in DIR and folders below it.")
    private Path images = Path.of("");

    @Option(names = "--csv", paramLabel = "FILE", description = "Where to write; default: the standard output.")
    private @Nullable Path csv;

    @Option(names = "--resume", description = "Go on with FILE, whose rows stay as they are.")
    private boolean resume;

    @Option(names = "--shape", paramLabel = "FIT",
            description = "How pictures become squares, crop or stretch: only for detectors from before they kept this.")
    private @Nullable Fit fit;

    @Option(names = "--device", paramLabel = "DEVICE", defaultValue = "auto",
            description = "auto, cpu, gpu or gpu(i); default ${DEFAULT-VALUE}.")
    private String device = "auto";

    @Option(names = "--precision", paramLabel = "NUMBERS", defaultValue = Precision.AUTO,
            description = "auto: the detector's own where the device computes in them, else float32; or float32 or bfloat16; "
                    + "default ${DEFAULT-VALUE}.")
    private String precision = Precision.AUTO;

    @Option(names = "--threads", paramLabel = "N", description = "CPU threads.")
    private @Nullable Integer threads;

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        if (resume && csv == null) {
            throw Usage.mistake(command, "--resume needs --csv FILE, the file to go on with");
        }
        Usage.check(command, () -> {
            if (threads != null) {
                Torch.useThreads(threads);
            }
            return threads;
        });
        try (AnomalyDetector model = Usage.check(command, () -> AnomalyDetector.load(detector, device));
                Run run = new Run(Usage.check(command, () -> model.withPrecision(numbers(model.precision()))), command)) {
            return StopSignal.during(run::all);
        }
    }

    private Precision numbers(Precision trained) {
        ComputeDevice chosen = ComputeDevice.choose(device);
        boolean own = precision.equals(Precision.AUTO) && trained == Precision.FLOAT32;
        return own ? trained : Precision.of(precision, chosen);
    }

    /** One scoring. */
    private final class Run implements AutoCloseable {
        private final AnomalyDetector model;
        private final LooseImages pictures;
        private final PrintWriter out;
        private final PrintWriter err;
        private final @Nullable ScoreFile file;
        private int anomalies;
        private int unreadable;

        Run(AnomalyDetector model, CommandSpec command) throws IOException {
            this.model = model;
            out = command.commandLine().getOut();
            err = command.commandLine().getErr();
            Fit own = model.fit().orElse(fit == null ? Fit.CROP : fit);
            if (fit != null && fit != own) {
                throw Usage.mistake(command, "--shape is %s, but the detector was trained on pictures read with %s; leave it out"
                        .formatted(fit, own));
            }
            pictures = new LooseImages(images, model.config().encoder().inputSize(), own);
            file = csv == null ? null : ScoreFile.open(csv, resume);
        }

        int all() {
            List<Path> files = pictures.files();
            if (files.isEmpty()) {
                throw new DataException("%s holds no files; give a folder with pictures".formatted(images));
            }
            List<Path> left = file == null ? files : files.stream().filter(path -> !file.done().containsKey(path.toString())).toList();
            try {
                checkSame();
                if (file == null) {
                    out.print(ScoreFile.HEADER);
                }
                int scored = score(left);
                Thread.interrupted(); // what was done is kept all the same
                if (file != null) {
                    file.finish();
                }
                err.printf("%d files: %d anomalies, %d unreadable%n", scored, anomalies, unreadable);
                return end(files.size(), left.size(), scored);
            } catch (IOException e) {
                throw new UncheckedIOException("%s cannot be written: %s".formatted(csv, e.getMessage()), e);
            }
        }

        private int end(int files, int left, int scored) {
            if (scored < left) {
                throw new DataException("stopped after %d of %d files%s".formatted(
                        files - left + scored, files, file == null ? "" : "; --resume goes on"));
            }
            if (unreadable == files) {
                throw new DataException("none of the %d files in %s could be read".formatted(files, images));
            }
            return 0;
        }

        /** How many files got a row before the work was done or stopped. */
        private int score(List<Path> left) throws IOException {
            int scored = 0;
            try (ProgressBar bar = Progress.bar("Scoring", " files", left.size(), err)) {
                while (scored < left.size()) {
                    List<Path> some = left.subList(scored, Math.min(scored + FILES_AT_ONCE, left.size()));
                    LooseImages.Batch read = pictures.read(some);
                    if (Thread.currentThread().isInterrupted()) {
                        return scored; // reading may have been cut off
                    }
                    write(rows(read));
                    scored += some.size();
                    bar.stepTo(scored);
                }
            }
            return scored;
        }

        private Table rows(LooseImages.Batch read) {
            double[] scores = read.images().count() == 0 ? new double[0] : model.score(read.images());
            Table table = Table.create(StringColumn.create("path"), DoubleColumn.create("score"), BooleanColumn.create("anomaly"),
                    StringColumn.create("error"));
            int next = 0;
            for (ImageRow row : read.rows()) {
                table.stringColumn("path").append(row.file().toString());
                table.stringColumn("error").append(row.reason());
                if (row.readable()) {
                    boolean anomaly = model.threshold().isAnomaly(scores[next]);
                    table.doubleColumn("score").append(scores[next++]);
                    table.booleanColumn("anomaly").append(anomaly);
                    anomalies += anomaly ? 1 : 0;
                } else {
                    table.doubleColumn("score").appendMissing();
                    table.booleanColumn("anomaly").appendMissing();
                    unreadable++;
                }
            }
            return table;
        }

        private void write(Table rows) throws IOException {
            if (file == null) {
                out.print(ScoreFile.text(rows));
                out.flush();
            } else {
                file.append(rows);
            }
        }

        /** Rows of another detector, or of pictures that have changed, are not gone on with. */
        private void checkSame() {
            if (file == null) {
                return;
            }
            file.done().entrySet().stream().filter(row -> !row.getValue().isNaN()).findFirst().ifPresent(row -> {
                ImageSet picture = pictures.read(List.of(Path.of(row.getKey()))).images();
                double score = picture.count() == 0 ? Double.NaN : model.score(picture)[0];
                if (!(Math.abs(score - row.getValue()) < SAME_SCORE)) {
                    throw new DataException("%s has the score %s for %s, which now gets %s; it is of another detector or other pictures, so leave --resume out"
                            .formatted(csv, row.getValue(), row.getKey(), score));
                }
            });
        }

        @Override
        public void close() throws IOException {
            if (file != null) {
                file.close();
            }
        }
    }
}
