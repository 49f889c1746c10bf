package org.hscl.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.hscl.data.Json;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.hscl.experiment.ConsoleGrid;
import org.hscl.experiment.Experiment;
import org.hscl.experiment.Grid;
import org.hscl.experiment.GridForecast;
import org.hscl.experiment.GridProgress.GridListener;
import org.hscl.experiment.Outcome;
import org.hscl.experiment.Presets;
import org.hscl.experiment.Result;
import org.hscl.experiment.ResultStore;
import org.hscl.experiment.Runner;
import org.hscl.experiment.Scores;
import org.hscl.model.Precision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hscl grid}: runs the experiments of a preset, or goes on with them. */
@Command(
        name = "grid",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs the experiments of a preset that have no result in the folder yet, and prints a JSON line for each. "
                + "The same call again goes on where it was stopped.")
final class GridCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "PRESET", arity = "0..1", completionCandidates = Names.class,
            description = "One of ${COMPLETION-CANDIDATES}; without one HSCL on the --data, varied by the options below.")
    private @Nullable String preset;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder of the results.")
    private Path out = Path.of("");

    @Mixin
    private GridOptions chosen = new GridOptions();

    @Option(names = "--jobs", paramLabel = "N", defaultValue = "1",
            description = "So many processes at once, which share the threads; default ${DEFAULT-VALUE}.")
    private int jobs = 1;

    @Option(names = "--spark", paramLabel = "MASTER", arity = "0..1", fallbackValue = "",
            description = "An experiment a task of Apache Spark, by default on all cores of this machine; all machines see --out. "
                    + "Needs the build with Spark: mvn -Pspark package -DskipTests.")
    private @Nullable String spark;

    @Option(names = "--shard", paramLabel = "I/N",
            description = "Only every N-th experiment, from the I-th: N such calls, on one machine or several that share DIR, do the whole grid.")
    private @Nullable String shard;

    @Option(names = "--list", description = "Only list the experiments: id, label, and how long each should take by earlier runs in DIR.")
    private boolean list;

    @Option(names = "--rerun", paramLabel = "ID", description = "Only run this experiment of the folder again, from the start.")
    private @Nullable String rerun;

    @Option(names = "--device", paramLabel = "DEVICE", defaultValue = "auto",
            description = "auto, cpu, gpu or gpu(i); default ${DEFAULT-VALUE}.")
    private String device = "auto";

    @Option(names = "--precision", paramLabel = "NUMBERS",
            description = "float32, bfloat16 (results of their own), or auto for what the device computes fastest in; default: "
                    + "what the preset says, float32 as a rule.")
    private @Nullable String precision;

    @Option(names = "--threads", paramLabel = "N", description = "CPU threads.")
    private @Nullable Integer threads;

    /** The presets, for the help text. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Presets.names().iterator();
        }
    }

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter lines = command.commandLine().getOut();
        Usage.atLeastOne(command, "--jobs", jobs);
        if (spark != null) {
            Usage.beside(command, "--spark", "--jobs", "--shard", "--rerun", "--threads");
        }
        if (rerun != null) {
            Usage.beside(command, "--rerun", "--methods", "--data", "--normals", "--set", "--seeds", "--precision", "--shard", "--jobs", "--list");
        }
        Grid grid = Usage.check(command, () -> {
            if (threads != null) {
                Torch.useThreads(threads); // before a device is asked for, which may start the engine
            }
            ComputeDevice computing = ComputeDevice.choose(device); // refuses an unknown name before images are read
            Grid all = chosen.of(preset, rerun == null);
            all = precision == null ? all : all.precision(Precision.of(precision, computing));
            return shard == null ? all : shardOf(all, shard);
        });
        if (list) {
            GridForecast forecast = new GridForecast(ResultStore.readIfThere(out));
            grid.experiments().forEach(experiment -> lines.println(forecast.line(experiment)));
            command.commandLine().getErr().println(forecast.words(grid));
            return 0;
        }
        return execute(command, grid, lines);
    }

    private static Grid shardOf(Grid grid, String shard) {
        if (!shard.matches("[0-9]{1,6}/[0-9]{1,6}")) {
            throw new IllegalArgumentException("--shard is '%s'; give it as 1/4 to 4/4".formatted(shard));
        }
        String[] numbers = shard.split("/");
        return grid.shard(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }

    private int execute(CommandSpec command, Grid grid, PrintWriter lines) {
        Runner runner = Runner.at(out).withDevice(device).withPart(shard == null ? "" : shard.replace("/", "of"));
        String id = rerun;
        if (id != null) {
            return report(during(shown -> Usage.check(command, () -> runner.rerun(id, shown))), lines);
        }
        String master = spark;
        if (master != null) {
            Cluster cluster = Usage.check(command, Cluster::here);
            return reportAll(during(shown -> cluster.run(master, out, device, grid, shown)), lines);
        }
        int cores = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        Outcome outcome = during(shown -> jobs == 1
                ? runner.execute(grid, shown)
                : new GridJobs(out, device, Math.max(1, cores / jobs)).run(grid, jobs, shown));
        return reportAll(outcome, lines);
    }

    private static int reportAll(Outcome outcome, PrintWriter lines) {
        outcome.results().forEach(result -> report(result, lines));
        outcome.problems().forEach(System.err::println);
        return outcome.problems().isEmpty() ? 0 : 1;
    }

    private static <T> T during(Function<GridListener, T> work) {
        PrintStream err = System.err;
        try (ConsoleGrid shown = System.console() == null ? ConsoleGrid.everyRun(err) : ConsoleGrid.live(err)) {
            return StopSignal.during(() -> work.apply(shown));
        }
    }

    private static int report(Result result, PrintWriter lines) {
        lines.println(line(result));
        return result.failure().isPresent() ? 1 : 0;
    }

    /** JSON in one line, with fewer fields than the store keeps. */
    private static String line(Result result) {
        Experiment experiment = result.experiment();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", result.id());
        fields.put("experiment", experiment.label());
        result.scores().map(Scores::pooled).ifPresent(auroc -> fields.put("auroc", auroc));
        result.scores().map(Scores::meanOfClasses).ifPresent(auroc -> fields.put("auroc_mean_of_classes", auroc));
        result.ensemble().map(Scores::pooled).ifPresent(auroc -> fields.put("auroc_ensemble", auroc));
        result.failure().ifPresent(sentence -> fields.put("failure", sentence));
        fields.put("notes", result.circumstances().notes());
        fields.put("seconds", result.circumstances().trainSeconds() + result.circumstances().scoreSeconds());
        return Json.line(fields);
    }
}
