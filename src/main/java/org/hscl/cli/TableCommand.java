package org.hscl.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.hscl.experiment.JointTable;
import org.hscl.experiment.PaperTable;
import org.hscl.experiment.Result;
import org.hscl.experiment.ResultStore;
import org.hscl.experiment.ResultTable;
import org.hscl.experiment.Scores;
import org.hscl.experiment.Summary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.Table;

/** {@code hscl table}: prints what a grid has measured, alone or beside published numbers. */
@Command(
        name = "table",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints the results of a folder as mean ± standard deviation (runs), AUROC in percent; may be called "
                + "while the grid is running.")
final class TableCommand implements Callable<Integer> {

    /** The measures by their names on the command line. */
    private static final Map<String, String> MEASURES = Map.of(
            "pooled", ResultTable.AUROC, "classes", ResultTable.MEAN_OF_CLASSES, "ensemble", ResultTable.ENSEMBLE);

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The folder of the results.")
    private Path folder = Path.of("");

    @Option(names = "--by", paramLabel = "COLUMN", split = ",",
            description = "Summarize by these columns; default: data set, method, size and whatever else the runs differ in.")
    private List<String> by = List.of();

    @Option(names = "--measure", paramLabel = "NAME", defaultValue = "pooled",
            description = "pooled: all anomalies together; classes: mean over abnormal classes; ensemble; default pooled.")
    private String measure = "pooled";

    @Option(names = "--beside", paramLabel = "TABLE",
            description = "Beside the published numbers of table_1 … table_5 or fashion_mnist.")
    private @Nullable PaperTable beside;

    @Option(names = "--runs", description = "One row a run instead of a summary.")
    private boolean runs;

    @Option(names = "--csv", description = "Print comma-separated values.")
    private boolean csv;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        Table table = table(command, ResultStore.read(folder));
        command.commandLine().getOut().println(csv ? table.write().toString("csv") : table.printAll());
        if (beside != null) {
            command.commandLine().getErr().println(beside.note());
        }
        return 0;
    }

    private Table table(CommandSpec command, List<Result> results) {
        String column = MEASURES.get(measure.toLowerCase(Locale.ROOT));
        if (column == null) {
            throw Usage.mistake(command, "--measure is '%s'; give pooled, classes or ensemble".formatted(measure));
        }
        if (beside != null) {
            Usage.beside(command, "--beside", "--by", "--runs");
            if (column.equals(ResultTable.ENSEMBLE)) {
                throw Usage.mistake(command, "--beside compares pooled or classes, not the ensemble");
            }
            return JointTable.of(
                    beside, results, column.equals(ResultTable.AUROC) ? Scores::pooled : Scores::meanOfClasses);
        }
        if (runs) {
            Usage.beside(command, "--runs", "--by", "--measure");
        }
        Table all = ResultTable.of(results);
        if (runs || all.isEmpty()) {
            return all;
        }
        String[] keys = by.isEmpty() ? ResultTable.keys(all) : by.toArray(String[]::new);
        Arrays.stream(keys).filter(key -> !all.containsColumn(key)).findFirst().ifPresent(key -> {
            throw Usage.mistake(command, "there is no column '%s'; choose of %s".formatted(
                    key, String.join(", ", all.columnNames())));
        });
        return Summary.table(all, column, keys);
    }
}
