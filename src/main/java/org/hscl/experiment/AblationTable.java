package org.hscl.experiment;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.hscl.data.DataSets;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What each part of HSCL is worth, run by run: every ablation is compared with the full model on the same split and seed. */
public final class AblationTable {

    private AblationTable() {}

    /**
     * The measured rows of Table 5, AUROC in percent.
     *
     * @param results of scenario 1 or 2; others are left out
     * @return a row an {@link Ablation} that was measured: its name, the mean for each normal class, the mean over all runs, and
     *     how many points that is above the full model, as {@code mean ± std (n)} over the runs that have their full model here
     */
    public static Table of(List<Result> results) {
        Map<Ablation, List<Result>> rows = byRow(results);
        Map<String, Double> full = new LinkedHashMap<>(); // by the experiment's id
        rows.getOrDefault(Ablation.FULL, List.of()).forEach(result -> full.put(result.id(), auroc(result)));
        Table table = Table.create("AUROC by normal class (%)",
                StringColumn.create("left out", rows.keySet().stream().map(Ablation::label).toList()));
        var normals = new TreeMap<String, String>(); // in the order of the numbers that were given
        rows.values().forEach(runs -> runs.forEach(result -> normals.putIfAbsent(
                String.join(" + ", result.experiment().oneClass().normal()), normal(result))));
        for (String normal : new LinkedHashSet<>(normals.values())) {
            table.addColumns(column("normal " + normal, rows.values().stream().map(runs -> mean(runs.stream()
                    .filter(result -> normal(result).equals(normal)).mapToDouble(AblationTable::auroc)))));
        }
        return table.addColumns(
                column("mean", rows.values().stream().map(runs -> mean(runs.stream().mapToDouble(AblationTable::auroc)))),
                StringColumn.create("against the full model (points)",
                        rows.values().stream().map(runs -> differences(runs, full).text()).toList()));
    }

    private static Map<Ablation, List<Result>> byRow(List<Result> results) {
        Map<Ablation, List<Result>> rows = new LinkedHashMap<>();
        for (Ablation row : Ablation.values()) {
            List<Result> runs = results.stream().filter(result -> isOf(row, result)).toList();
            if (!runs.isEmpty()) {
                rows.put(row, runs);
            }
        }
        return rows;
    }

    private static boolean isOf(Ablation row, Result result) {
        return result.scores().isPresent()
                && result.experiment().cell() instanceof Cell.OfOneClass
                && row.describes(result.experiment());
    }

    private static Summary differences(List<Result> runs, Map<String, Double> full) {
        return Summary.of(runs.stream()
                .mapToDouble(result -> auroc(result) - full.getOrDefault(Ablation.FULL.of(result.experiment()).id(), Double.NaN))
                .toArray());
    }

    private static double auroc(Result result) {
        return 100 * result.scores().orElseThrow().pooled();
    }

    private static String normal(Result result) {
        return DataSets.classNames(result.experiment().dataSet(), result.experiment().oneClass().normal());
    }

    private static double mean(DoubleStream values) {
        return values.average().orElse(Double.NaN);
    }

    private static DoubleColumn column(String name, Stream<Double> values) {
        DoubleColumn column = DoubleColumn.create(name, values.toList());
        column.setPrintFormatter(ResultTable.SHORT);
        return column;
    }
}
