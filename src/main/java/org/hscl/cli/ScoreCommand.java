package org.hscl.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.hscl.data.DataException;
import org.hscl.data.Fit;
import org.hscl.data.LooseImages;
import org.hscl.data.SafeFiles;
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

/** {@code hscl score}: scores a folder of pictures with a saved detector. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Scores all pictures in a folder: one CSV line a file with path, score (higher is more normal), "
                + "anomaly (by the detector's threshold) and, where a file cannot be read, why.")
final class ScoreCommand implements Callable<Integer> {

    private static final int FILES_AT_ONCE = 512;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--detector", paramLabel = "DETECTOR", required = true, description = "A folder that fit has saved.")
    private Path detector = Path.of("");

    @Option(names = "--images", paramLabel = "DIR", required = true, description = "Pictures, in DIR and folders below it.")
    private Path images = Path.of("");

    @Option(names = "--csv", paramLabel = "FILE", description = "Where to write; default: the standard output.")
    private @Nullable Path csv;

    @Option(names = "--shape", paramLabel = "FIT", defaultValue = "CROP",
            description = "How pictures become squares, as at the training: crop or stretch; default crop.")
    private Fit fit = Fit.CROP;

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
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        Usage.check(command, () -> {
            if (threads != null) {
                Torch.useThreads(threads);
            }
            return threads;
        });
        try (AnomalyDetector model = Usage.check(command, () -> AnomalyDetector.load(detector, device))) {
            Table table = score(Usage.check(command, () -> model.withPrecision(numbers(model.precision()))));
            write(table, command);
            command.commandLine().getErr().printf("%d files: %d anomalies, %d unreadable%n",
                    table.rowCount(), table.booleanColumn("anomaly").countTrue(), table.doubleColumn("score").countMissing());
        }
        return 0;
    }

    private Precision numbers(Precision trained) {
        ComputeDevice chosen = ComputeDevice.choose(device);
        boolean own = precision.equals(Precision.AUTO) && trained == Precision.FLOAT32;
        return own ? trained : Precision.of(precision, chosen);
    }

    private Table score(AnomalyDetector model) {
        LooseImages loose = new LooseImages(images, model.config().encoder().inputSize(), fit);
        List<Path> files = loose.files();
        if (files.isEmpty()) {
            throw new DataException("%s holds no files; give a folder with pictures".formatted(images));
        }
        Table table = Table.create("Scores", StringColumn.create("path"), DoubleColumn.create("score"),
                BooleanColumn.create("anomaly"), StringColumn.create("error"));
        for (int start = 0; start < files.size(); start += FILES_AT_ONCE) {
            List<Path> some = files.subList(start, Math.min(start + FILES_AT_ONCE, files.size()));
            append(table, some, loose.read(some), model);
        }
        return table;
    }

    private static void append(Table table, List<Path> files, LooseImages.Batch reading, AnomalyDetector model) {
        double[] scores = reading.images().count() == 0 ? new double[0] : model.score(reading.images());
        int next = 0;
        for (Path file : files) {
            String reason = reading.unreadable().get(file);
            table.stringColumn("path").append(file.toString());
            if (reason == null) {
                table.doubleColumn("score").append(scores[next]);
                table.booleanColumn("anomaly").append(model.threshold().isAnomaly(scores[next++]));
                table.stringColumn("error").append("");
            } else {
                table.doubleColumn("score").appendMissing();
                table.booleanColumn("anomaly").appendMissing();
                table.stringColumn("error").append(reason);
            }
        }
    }

    private void write(Table table, CommandSpec command) {
        String text = table.write().toString("csv");
        if (csv == null) {
            command.commandLine().getOut().print(text);
            command.commandLine().getOut().flush();
            return;
        }
        try {
            SafeFiles.replace(csv, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written: %s".formatted(csv, e.getMessage()), e);
        }
    }
}
