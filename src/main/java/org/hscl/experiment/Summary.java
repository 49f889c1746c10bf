package org.hscl.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Mean and spread of a measure over runs.
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
        return runs < 2
                ? String.format(Locale.ROOT, "%.1f (%d)", mean, runs)
                : String.format(Locale.ROOT, "%.1f ± %.1f (%d)", mean, deviation, runs);
    }

    /**
     * Summarizes the rows of a result table that agree in some columns.
     *
     * @param runs from {@link ResultTable#of}
     * @param measure the column to summarize, such as {@link ResultTable#AUROC}
     * @param keys columns that tell the rows apart, such as {@code method}
     * @return one row a group in order of appearance: the keys, the mean, the standard deviation, the number of runs, the text
     */
    public static Table table(Table runs, String measure, String... keys) {
        Map<List<String>, List<Double>> groups = new LinkedHashMap<>();
        for (Row row : runs) {
            List<String> key = Arrays.stream(keys).map(row::getString).toList();
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row.getDouble(measure));
        }
        Table table = Table.create(measure + " by " + String.join(", ", keys));
        for (int i = 0; i < keys.length; i++) {
            int column = i;
            table.addColumns(StringColumn.create(keys[i], groups.keySet().stream().map(key -> key.get(column)).toList()));
        }
        List<Summary> summaries = groups.values().stream()
                .map(values -> of(values.stream().mapToDouble(Double::doubleValue).toArray()))
                .toList();
        return table.addColumns(
                DoubleColumn.create("mean", summaries.stream().mapToDouble(Summary::mean).toArray()),
                DoubleColumn.create("std", summaries.stream().mapToDouble(Summary::deviation).toArray()),
                IntColumn.create("n", summaries.stream().mapToInt(Summary::runs).toArray()),
                StringColumn.create("mean ± std (n)", summaries.stream().map(Summary::text).toList()));
    }
}
