package org.hscl.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hscl.data.Json;
import org.hscl.experiment.Result;
import org.hscl.experiment.ResultStore;
import org.hscl.experiment.ResultTable;
import org.hscl.loss.LossTerm;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The measured runs of a results folder, to be compared. In a notebook, {@code Notebook.show(Runs.of(folder))} is a table that is
 * sorted by a click on a column's name and filtered by words, with a sparkline of each training's losses; a click on two runs tells in
 * which settings they differ. It needs no kernel, and where no script runs it is a table still.
 */
public final class Runs {

    /** Columns that always stand in the table, and those of measured numbers, which tell no settings. */
    private static final List<String> ALWAYS = List.of("normal", "method", ResultTable.AUROC, "seconds", "id");

    private final Path folder;
    private final List<Result> results;

    private Runs(Path folder, List<Result> results) {
        this.folder = folder;
        this.results = results;
    }

    /**
     * Reads a folder that a {@link org.hscl.experiment.Runner} wrote; may be called while a grid is running.
     *
     * @throws java.io.UncheckedIOException if there are no results to read
     */
    public static Runs of(Path folder) {
        return new Runs(folder, ResultStore.read(folder).stream().filter(result -> result.scores().isPresent()).toList());
    }

    /** One row a run, with the columns in which runs differ; AUROCs in percent. */
    public Table table() {
        Table all = ResultTable.of(results);
        return all.selectColumns(all.columns().stream().filter(Runs::isShown).toArray(Column[]::new)).setName("Runs");
    }

    private static boolean isShown(Column<?> column) {
        return ALWAYS.contains(column.name()) || column.unique().size() > 1;
    }

    /** What is alike in all runs, such as {@code data set fashion-mnist, γ_l 0.05}. */
    String alike() {
        Table all = ResultTable.of(results);
        return String.join(", ", all.columns().stream()
                .filter(column -> !isShown(column) && !column.isEmpty() && !column.isMissing(0) && !column.getString(0).isEmpty())
                .map(column -> column.name() + " " + column.getString(0)).toList());
    }

    /** One row a run, in the order of {@link #table}, and one column for each setting in which any two runs differ, by its path. */
    public Table settings() {
        List<Map<String, String>> settings = results.stream().map(result -> Json.flat(result.experiment())).toList();
        Table table = Table.create("Settings in which runs differ", StringColumn.create("id", results.stream().map(Result::id).toList()));
        settings.stream().flatMap(each -> each.keySet().stream()).distinct().sorted()
                .filter(name -> settings.stream().map(each -> each.getOrDefault(name, "")).distinct().count() > 1)
                .forEach(name -> table.addColumns(StringColumn.create(name.replaceFirst("^config\\.", ""),
                        settings.stream().map(each -> each.getOrDefault(name, "")).toList())));
        return table;
    }

    /**
     * In which settings two runs differ, one row a setting.
     *
     * @param first the id of a run, or how it begins
     * @param second of another
     * @throws IllegalArgumentException if no run has such an id
     */
    public Table differences(String first, String second) {
        Map<String, String> one = new TreeMap<>(Json.flat(find(first).experiment()));
        Map<String, String> other = Json.flat(find(second).experiment());
        List<String> names = new ArrayList<>(one.keySet());
        other.keySet().stream().filter(name -> !one.containsKey(name)).forEach(names::add);
        names.removeIf(name -> Objects.equals(one.get(name), other.get(name)));
        return Table.create("Settings in which %s and %s differ".formatted(first, second), StringColumn.create("setting", names),
                StringColumn.create("first: " + first, names.stream().map(name -> one.getOrDefault(name, "")).toList()),
                StringColumn.create("second: " + second, names.stream().map(name -> other.getOrDefault(name, "")).toList()));
    }

    private Result find(String id) {
        return results.stream().filter(result -> result.id().startsWith(id)).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "No run in %s has the id '%s'; it has %d measured runs, whose ids Runs.table() names".formatted(folder, id, results.size())));
    }

    /** The total loss of each epoch of a run; nothing where its history was not kept, an empty array where it holds no epoch. */
    Optional<double[]> losses(int row) {
        return results.get(row).circumstances().historyFile().map(folder::resolve).filter(Files::exists).map(Runs::losses);
    }

    private static double[] losses(Path history) {
        try {
            if (Files.readString(history).lines().limit(2).count() < 2) {
                return new double[0]; // no row below the header, or no header
            }
        } catch (IOException e) {
            throw new UncheckedIOException(history + " cannot be read", e);
        }
        Table epochs = Table.read().csv(history.toString());
        return epochs.containsColumn(LossTerm.TOTAL) ? epochs.numberColumn(LossTerm.TOTAL).asDoubleArray() : new double[0];
    }

    /** A curve without axes, from its least value to its greatest; of a single epoch a dot. */
    static String sparkline(double[] values) {
        double[] known = Arrays.stream(values).filter(Double::isFinite).toArray();
        double least = Arrays.stream(known).min().orElse(0);
        double height = Math.max(Arrays.stream(known).max().orElse(1) - least, 1e-12);
        Svg svg = new Svg(100, 22);
        if (known.length == 1) {
            svg.marker("circle", 50, 11, 2.5, Palette.BLUE.hex(), 1);
            return svg.end();
        }
        svg.add("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>", Palette.BLUE.hex(),
                String.join(" ", IntStream.range(0, known.length).mapToObj(i -> "%s,%s".formatted(
                        Svg.n(2 + 96.0 * i / Math.max(1, known.length - 1)), Svg.n(20 - 18 * (known[i] - least) / height))).toList()));
        return svg.end();
    }
}
