package org.hscl.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.hscl.data.Json;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.hscl.model.Precision;
import org.hscl.train.HsclConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hscl bench}: times whole processes, beside plain PyTorch if wanted. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Times a training step by part, ensemble scoring, start-up and memory, each round in a fresh process.")
final class BenchCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--vs-torch", description = "Run the same in plain PyTorch (python3-torch), in alternation, each way that it can.")
    private boolean versusTorch;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Default ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--width", paramLabel = "CHANNELS", defaultValue = "16", description = "Default ${DEFAULT-VALUE}.")
    private int width;

    @Option(names = "--batch", paramLabel = "IMAGES", defaultValue = "32", description = "Default ${DEFAULT-VALUE}.")
    private int batch;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "60", description = "Steps a round; default ${DEFAULT-VALUE}.")
    private int steps;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "2", description = "CPU threads; default ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--score", paramLabel = "IMAGES", defaultValue = "320", description = "Images scored; default ${DEFAULT-VALUE}.")
    private int score;

    @Option(names = "--device", paramLabel = "DEVICE", defaultValue = "cpu", description = "Default ${DEFAULT-VALUE}.")
    private String device = "cpu";

    @Option(names = "--precision", paramLabel = "NUMBERS", defaultValue = Precision.AUTO,
            description = "float32, bfloat16, or auto: both where the device computes in both; default ${DEFAULT-VALUE}.")
    private String precision = Precision.AUTO;

    @Option(names = "--once", description = "Measure this process alone and print one JSON line.")
    private boolean once;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        HsclConfig config = Usage.check(command, () -> HsclConfig.small().withWidth(width).withBatchSize(batch));
        Usage.atLeastOne(command, "--rounds", rounds);
        Usage.atLeastOne(command, "--steps", steps);
        Usage.atLeastOne(command, "--threads", threads);
        Usage.atLeastOne(command, "--score", score);
        ComputeDevice chosen = Usage.check(command, () -> ComputeDevice.choose(device));
        Precision fastest = Usage.check(command, () -> Precision.of(precision, chosen));
        if (once) {
            Torch.useThreads(threads);
            out.println(Json.line(BenchFigures.measure(config.withPrecision(fastest), chosen, steps, score)));
            return 0;
        }
        BenchRuns runs = new BenchRuns(
                List.of("--width", "" + width, "--batch", "" + batch, "--steps", "" + steps, "--threads", "" + threads,
                        "--score", "" + score),
                device);
        List<BenchRuns.Column> columns = new ArrayList<>();
        columns.add(runs.ours(fastest));
        if (precision.equals(Precision.AUTO) && fastest != Precision.FLOAT32) {
            columns.add(runs.ours(Precision.FLOAT32));
        }
        if (versusTorch) {
            columns.addAll(runs.torch());
        }
        for (int round = 1; round <= rounds; round++) {
            for (BenchRuns.Column column : columns) {
                command.commandLine().getErr().printf("round %d of %d: %s%n", round, rounds, column.name());
                column.measure();
            }
        }
        out.printf("width %d, %d images × 8 rows, %d threads, %s; medians of %d rounds in fresh processes%n",
                width, batch, threads, device, rounds);
        table(columns, out);
        columns.stream()
                .filter(column -> column.version().isPresent())
                .min(Comparator.comparingDouble(column -> column.median("ms", "step")))
                .ifPresent(fastestTorch -> out.println(verdict(columns.get(0), fastestTorch)));
        return 0;
    }

    private static String verdict(BenchRuns.Column ours, BenchRuns.Column torch) {
        return String.format(Locale.ROOT, "%s takes %.2f of the time of the fastest PyTorch here for a step (%s, version %s), and scores %.2f times as many images a second",
                ours.name(),
                ours.median("ms", "step") / torch.median("ms", "step"),
                torch.name(),
                torch.version().orElseThrow(),
                ours.median("score_images_per_s") / torch.median("score_images_per_s"));
    }

    private static void table(List<BenchRuns.Column> columns, PrintWriter out) {
        Set<String> parts = new LinkedHashSet<>();
        columns.forEach(column -> parts.addAll(column.parts()));
        out.printf("%-26s", "");
        columns.forEach(column -> out.printf("%30s", column.name()));
        columns.stream().skip(1).forEach(other -> out.printf("%30s", "to " + other.name()));
        out.println();
        for (String part : parts) {
            row(part + ", ms", columns, column -> column.median("ms", part), out);
        }
        for (Map.Entry<String, String> figure : Map.of(
                        "score_images_per_s", "ensemble, images/s", "peak_rss_mb", "peak resident, MB",
                        "startup_s", "start to first step, s", "growth_mb", "memory growth, MB")
                .entrySet().stream().sorted(Map.Entry.comparingByValue()).toList()) {
            row(figure.getValue(), columns, column -> column.median(figure.getKey()), out);
        }
    }

    private static void row(String name, List<BenchRuns.Column> columns, ToDoubleFunction<BenchRuns.Column> value, PrintWriter out) {
        out.printf("%-26s", name);
        double ours = value.applyAsDouble(columns.get(0));
        columns.forEach(column -> out.printf("%30s", number(value.applyAsDouble(column))));
        for (BenchRuns.Column other : columns.subList(1, columns.size())) {
            out.printf("%30s", number(ours / value.applyAsDouble(other)));
        }
        out.println();
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "–";
    }
}
