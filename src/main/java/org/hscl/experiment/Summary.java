package org.hscl.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Mean and spread of a measure over runs, and what tables of them say in words.
 *
 * @param mean in the measure's unit
 * @param deviation sample standard deviation; NaN of a single run
 * @param runs how many, at least 1
 */
public record Summary(double mean, double deviation, int runs) {

    /** Summarizes values; NaN among them counts as not measured. */
    public static Summary of(double... values) {
        double[] measured = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
        double mean = Arrays.stream(measured).average().orElse(Double.NaN);
        double squares = Arrays.stream(measured).map(value -> (value - mean) * (value - mean)).sum();
        double deviation = measured.length < 2 ? Double.NaN : Math.sqrt(squares / (measured.length - 1));
        return new Summary(mean, deviation, measured.length);
    }

    /** {@code 95.3 ± 4.2 (90)}; of a single run {@code 95.3 (1)}. */
    public String text() {
        return runs == 0 ? "–" : "%s (%s)".formatted(textWithoutRuns(), runs);
    }

    /** {@code 95.3 ± 4.2}, or {@code 95.3} where no deviation is known. */
    public String textWithoutRuns() {
        return Double.isNaN(deviation)
                ? String.format(Locale.ROOT, "%.1f", mean)
                : String.format(Locale.ROOT, "%.1f ± %.1f", mean, deviation);
    }

    /**
     * Summarizes the rows of a result table that agree in some columns.
     *
     * @param runs from {@link ResultTable#of}, at least one row
     * @param measure the column to summarize, such as {@link ResultTable#AUROC}
     * @param keys columns that tell the rows apart, such as {@code method}
     * @return one row a group in order of appearance: the keys, the mean, the standard deviation, the number of runs, the text
     */
    public static Table table(Table runs, String measure, String... keys) {
        Map<List<String>, List<Integer>> groups = new LinkedHashMap<>();
        for (int row = 0; row < runs.rowCount(); row++) {
            int number = row;
            List<String> key = Arrays.stream(keys).map(name -> runs.getString(number, name)).toList();
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
        }
        int[] first = groups.values().stream().mapToInt(rows -> rows.get(0)).toArray();
        Table table = runs.selectColumns(keys).rows(first); // so that a number stays a number
        table.setName(measure + " by " + String.join(", ", keys));
        List<Summary> summaries = groups.values().stream()
                .map(rows -> of(rows.stream().mapToDouble(runs.doubleColumn(measure)::getDouble).toArray()))
                .toList();
        DoubleColumn mean = DoubleColumn.create("mean", summaries.stream().mapToDouble(Summary::mean).toArray());
        DoubleColumn std = DoubleColumn.create("std", summaries.stream().mapToDouble(Summary::deviation).toArray());
        mean.setPrintFormatter(ResultTable.SHORT);
        std.setPrintFormatter(ResultTable.SHORT);
        return table.addColumns(
                mean,
                std,
                IntColumn.create("n", summaries.stream().mapToInt(Summary::runs).toArray()),
                StringColumn.create("mean ± std (n)", summaries.stream().map(Summary::text).toList()));
    }

    /**
     * Which setting has the highest AUROC, and by how much, in a sentence: what a table says, whatever its numbers are. Runs are compared
     * with those that are alike in all else, and a difference is called in doubt where it is smaller than its own deviation over runs.
     *
     * @param runs from {@link ResultTable#of}, or another table with a column {@link ResultTable#AUROC}, in percent
     * @param setting the column to compare by, such as {@code η}
     * @return such as {@code Highest is η 0.4 with 94.2 %, 0.3 points above 0.3 and 2.1 above the lowest, 0.9. …}
     */
    public static String best(Table runs, String setting) {
        return Verdict.best(runs, setting);
    }

    /**
     * Which row gains most from the first to the last column of numbers, and which loses most, in a sentence.
     *
     * @param table names in the first column, and a column of percents for each setting: from {@link ResultTable#perClass}
     * @return such as {@code From K 1 to K 8 Trouser gains most, 2.6 points, and Sneaker loses most, 5.3.}
     */
    public static String change(Table table) {
        Column<?> from = table.column(1);
        Column<?> to = table.column(table.columnCount() - 1);
        String least = "";
        String most = "";
        double low = 0;
        double high = 0;
        for (int row = 0; row < table.rowCount(); row++) {
            double change = table.numberColumn(to.name()).getDouble(row) - table.numberColumn(from.name()).getDouble(row);
            if (change > high) {
                high = change;
                most = String.format(Locale.ROOT, "%s gains most, %.1f points", table.getString(row, 0), change);
            } else if (change < low) {
                low = change;
                least = String.format(Locale.ROOT, "%s loses most, %.1f points", table.getString(row, 0), -change);
            }
        }
        String both = Stream.of(most, least).filter(part -> !part.isEmpty()).collect(Collectors.joining(", and "));
        return "From %s to %s %s.".formatted(from.name(), to.name(), both.isEmpty() ? "nothing changes" : both);
    }
}
