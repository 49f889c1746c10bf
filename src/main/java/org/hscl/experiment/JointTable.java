package org.hscl.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.hscl.experiment.PublishedResults.PublishedResult;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Published and measured AUROCs in one table: <em>paper · published peers · measured here</em>. Every row says how large its
 * runs were and every measured number how many runs it is the mean of, so that small runs never pose as full ones.
 */
public final class JointTable {

    private JointTable() {}

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
        List<JointRow> rows = rows(table, results, measure);
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.cells().keySet()));
        Table joint = Table.create(
                table.title(),
                column("source", rows, JointRow::source),
                column("data set", rows, JointRow::dataSet),
                column("method", rows, JointRow::method));
        columns.forEach(name -> joint.addColumns(column(name, rows, row -> row.text(name))));
        return joint.addColumns(column("size (runs in brackets)", rows, JointRow::size));
    }

    private static StringColumn column(String name, List<JointRow> rows, Function<JointRow, String> value) {
        return StringColumn.create(name, rows.stream().map(value).toList());
    }

    /** The rows of a joint table, published ones first. */
    public static List<JointRow> rows(PaperTable table, List<Result> results, ToDoubleFunction<Scores> measure) {
        List<JointRow> rows = published(table);
        rows.addAll(measured(table, results, measure));
        return rows;
    }

    private static List<JointRow> published(PaperTable table) {
        Map<JointRow, Map<String, Summary>> cells = new LinkedHashMap<>();
        for (PublishedResult result : PublishedResults.of(table)) {
            String source = result.source().equals(PublishedResults.PAPER) ? "paper" : "published peer: " + result.source();
            String method = result.place().method() + (result.onlyPublished() ? " (published only)" : "");
            String size = "full size, %s".formatted(result.runs() == 0 ? "runs not stated" : result.runs() + " runs");
            cells.computeIfAbsent(new JointRow(source, result.place().dataSet(), method, size, Map.of()), r -> new LinkedHashMap<>())
                    .put(table.column(result.place()), new Summary(result.auroc(), result.deviation(), result.runs()));
        }
        return filled(cells);
    }

    private static List<JointRow> measured(PaperTable table, List<Result> results, ToDoubleFunction<Scores> measure) {
        Map<JointRow, Map<String, List<Double>>> values = new LinkedHashMap<>();
        for (Result result : results) {
            places(result, measure).forEach((place, value) -> {
                if (table.holds(place)) {
                    String size = SizeLabel.of(result);
                    values.computeIfAbsent(
                                    new JointRow(JointRow.MEASURED, place.dataSet(), place.method(), size, Map.of()),
                                    row -> new LinkedHashMap<>())
                            .computeIfAbsent(table.column(place), column -> new ArrayList<>())
                            .add(100 * value);
                }
            });
        }
        Map<JointRow, Map<String, Summary>> cells = new LinkedHashMap<>();
        values.forEach((row, runs) -> runs.forEach((column, aurocs) -> cells
                .computeIfAbsent(row, r -> new LinkedHashMap<>())
                .put(column, Summary.of(aurocs.stream().mapToDouble(Double::doubleValue).toArray()))));
        return filled(cells);
    }

    /** Where the numbers of a result stand; none of a failed run. */
    private static Map<Place, Double> places(Result result, ToDoubleFunction<Scores> measure) {
        if (result.scores().isEmpty()) {
            return Map.of();
        }
        Place place = Place.of(result.experiment());
        Scores scores = result.scores().get();
        return result.experiment().cell() instanceof Cell.OfCrossDataset
                ? scores.perClass().entrySet().stream()
                        .collect(Collectors.toMap(entry -> place.withTestSet(entry.getKey()), Map.Entry::getValue))
                : Map.of(place, measure.applyAsDouble(scores));
    }

    private static List<JointRow> filled(Map<JointRow, Map<String, Summary>> cells) {
        return cells.entrySet().stream()
                .map(entry -> entry.getKey().withCells(entry.getValue()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /**
     * A row of a joint table.
     *
     * @param source {@code paper}, {@code published peer: …} or {@code measured here}
     * @param dataSet name of the normal images' data set
     * @param method its name, with what differs from its defaults, and whether it exists only as published numbers
     * @param size how large the runs were and by which protocol
     * @param cells AUROC in percent by column; of published numbers the deviation may be NaN and the runs 0, where not stated
     */
    public record JointRow(String source, String dataSet, String method, String size, Map<String, Summary> cells) {

        static final String MEASURED = "measured here";

        /** Whether this library has measured it. */
        public boolean isMeasured() {
            return source.equals(MEASURED);
        }

        JointRow withCells(Map<String, Summary> numbers) {
            return new JointRow(source, dataSet, method, size, numbers);
        }

        /** A cell as it is printed; a dash where there is no number. */
        String text(String column) {
            Summary summary = cells.get(column);
            if (summary == null) {
                return "–";
            }
            return isMeasured() ? summary.text() : summary.textWithoutRuns();
        }
    }
}
