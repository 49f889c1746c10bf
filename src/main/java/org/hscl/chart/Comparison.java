package org.hscl.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hscl.experiment.JointRow;
import org.hscl.experiment.Summary;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Layout.BarMode;
import tech.tablesaw.plotly.components.Margin;
import tech.tablesaw.plotly.components.Marker;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.BarTrace.Orientation;
import tech.tablesaw.plotly.traces.Trace;

/** Bars of published numbers beside measured ones, a colour for each source and size. */
final class Comparison {

    private static final int BAR_HEIGHT = 34;
    private static final int FRAME_HEIGHT = 190;

    private Comparison() {}

    static Chart of(String title, List<JointRow> rows, String column) {
        List<JointRow> shown = rows.stream().filter(row -> row.cells().containsKey(column)).toList();
        if (shown.isEmpty()) {
            throw new IllegalArgumentException("%s has no column '%s'; choose one of %s".formatted(
                    title, column, rows.stream().flatMap(row -> row.cells().keySet().stream()).distinct().toList()));
        }
        Map<String, List<JointRow>> bySource = shown.stream()
                .collect(Collectors.groupingBy(Comparison::source, LinkedHashMap::new, Collectors.toList()));
        boolean severalSets = shown.stream().map(JointRow::dataSet).distinct().count() > 1;
        List<Trace> traces = new ArrayList<>();
        bySource.forEach((source, bars) -> traces.add(BarTrace.builder(
                        bars.stream().map(row -> label(row, severalSets)).toArray(),
                        bars.stream().mapToDouble(row -> row.cells().get(column).mean()).toArray())
                .orientation(Orientation.HORIZONTAL)
                .name(source)
                .marker(Marker.builder().color(Palette.of(traces.size()).hex()).build())
                .showLegend(true)
                .build()));
        Axis y = Axis.builder().autoRange(Axis.AutoRange.REVERSED).build();
        var layout = Chart.layout(title + ", " + column, Chart.axis("AUROC (%)", 0, 100), y)
                .barMode(BarMode.GROUP)
                .height(FRAME_HEIGHT + BAR_HEIGHT * shown.size())
                .margin(Margin.builder().left(240).right(30).top(80).bottom(75).build());
        return new Chart(layout.build(), numbers(shown, column), traces);
    }

    private static String source(JointRow row) {
        return row.source() + ": " + row.size();
    }

    private static String label(JointRow row, boolean severalSets) {
        return severalSets ? "%s (%s)".formatted(row.method(), row.dataSet()) : row.method();
    }

    private static Table numbers(List<JointRow> rows, String column) {
        List<Summary> cells = rows.stream().map(row -> row.cells().get(column)).toList();
        return Table.create(
                StringColumn.create("source", rows.stream().map(JointRow::source).toList()),
                StringColumn.create("data set", rows.stream().map(JointRow::dataSet).toList()),
                StringColumn.create("method", rows.stream().map(JointRow::method).toList()),
                DoubleColumn.create("AUROC, %", cells.stream().mapToDouble(Summary::mean).toArray()),
                DoubleColumn.create("std", cells.stream().mapToDouble(Summary::deviation).toArray()),
                IntColumn.create("runs (0: not stated)", cells.stream().mapToInt(Summary::runs).toArray()),
                StringColumn.create("size", rows.stream().map(JointRow::size).toList()));
    }
}
