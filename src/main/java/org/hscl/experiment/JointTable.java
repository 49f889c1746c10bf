package org.hscl.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Published and measured AUROCs in one table: <em>paper · published peers · measured here</em>. Every row says how large its
 * runs were and every measured number how many runs it is the mean of, so that small runs never pose as full ones.
 */
public final class JointTable {

    /** What tells rows apart. */
    private record RowKey(String source, String dataSet, String method, String size) {}

    private final PaperTable table;
    private final ToDoubleFunction<Scores> measure;
    private final Map<RowKey, Map<String, String>> rows = new LinkedHashMap<>();

    private JointTable(PaperTable table, ToDoubleFunction<Scores> measure) {
        this.table = table;
        this.measure = measure;
    }

    /** Beside the AUROC with all anomalies pooled. */
    public static Table of(PaperTable table, List<Result> results) {
        return of(table, results, Scores::pooled);
    }

    /**
     * A published table and what was measured here.
     *
     * @param table the published one
     * @param results measured; those that are not comparable with this table are left out
     * @param measure which AUROC, such as {@link Scores#meanOfClasses()}; scenario 3 has one for each set instead
     */
    public static Table of(PaperTable table, List<Result> results, ToDoubleFunction<Scores> measure) {
        JointTable joint = new JointTable(table, measure);
        PublishedResults.of(table).forEach(joint::addPublished);
        joint.addMeasured(results.stream().filter(result -> result.scores().isPresent()).toList());
        return joint.build();
    }

    private void addPublished(PublishedResult result) {
        String source = result.source().equals(PublishedResults.PAPER) ? "paper" : "published peer: " + result.source();
        String method = result.place().method() + (result.onlyPublished() ? " (published only)" : "");
        String size = "full size, %s".formatted(result.runs() == 0 ? "runs not stated" : result.runs() + " runs");
        put(new RowKey(source, result.place().dataSet(), method, size), table.column(result.place()), result.text());
    }

    private void addMeasured(List<Result> results) {
        Map<RowKey, Map<String, List<Double>>> values = new LinkedHashMap<>();
        for (Result result : results) {
            places(result).forEach((place, value) -> {
                if (table.holds(place)) {
                    RowKey key = new RowKey("measured here", place.dataSet(), place.method(), SizeLabel.of(result));
                    values.computeIfAbsent(key, k -> new LinkedHashMap<>())
                            .computeIfAbsent(table.column(place), c -> new ArrayList<>())
                            .add(100 * value);
                }
            });
        }
        values.forEach((key, cells) -> cells.forEach((column, runs) -> put(key, column,
                Summary.of(runs.stream().mapToDouble(Double::doubleValue).toArray()).text())));
    }

    private Map<Place, Double> places(Result result) {
        Place place = Place.of(result.experiment());
        Scores scores = result.scores().orElseThrow();
        return result.experiment().cell() instanceof Cell.OfCrossDataset
                ? scores.perClass().entrySet().stream()
                        .collect(Collectors.toMap(entry -> place.withTestSet(entry.getKey()), Map.Entry::getValue))
                : Map.of(place, measure.applyAsDouble(scores));
    }

    private void put(RowKey key, String column, String text) {
        rows.computeIfAbsent(key, k -> new LinkedHashMap<>()).put(column, text);
    }

    private Table build() {
        Set<String> columns = new LinkedHashSet<>();
        rows.values().forEach(cells -> columns.addAll(cells.keySet()));
        Table joint = Table.create(table.title());
        joint.addColumns(
                StringColumn.create("source", rows.keySet().stream().map(RowKey::source).toList()),
                StringColumn.create("data set", rows.keySet().stream().map(RowKey::dataSet).toList()),
                StringColumn.create("method", rows.keySet().stream().map(RowKey::method).toList()));
        columns.forEach(column -> joint.addColumns(StringColumn.create(
                column, rows.values().stream().map(cells -> cells.getOrDefault(column, "–")).toList())));
        return joint.addColumns(
                StringColumn.create("size (runs in brackets)", rows.keySet().stream().map(RowKey::size).toList()));
    }
}
