package org.hscl.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.hscl.experiment.Ablation;
import org.hscl.experiment.JointTable.JointRow;
import org.hscl.experiment.PaperTable;
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

/** Bars of published numbers beside measured ones, a colour for each source and size. Horizontal, since names are long. */
final class Comparison {

    private static final int BAR_HEIGHT = 34;
    private static final int FRAME_HEIGHT = 190;

    /** Characters of a line of the legend, which else would take the room of the bars. */
    private static final int LEGEND_WIDTH = 34;

    private Comparison() {}

    /**
     * A bar of the figure and the cell of a joint table that it stands for.
     *
     * @param series its colour's name in the legend
     * @param label beside the bar
     * @param name the same in the table of numbers, which has columns for the rest
     */
    private record Bar(String series, String label, String name, JointRow row, Summary cell) {}

    static Chart of(String title, List<JointRow> rows, String column) {
        List<JointRow> shown = rows.stream().filter(row -> row.cells().containsKey(column)).toList();
        if (shown.isEmpty()) {
            throw new IllegalArgumentException("%s has no column '%s'; choose one of %s".formatted(
                    title, column, rows.stream().flatMap(row -> row.cells().keySet().stream()).distinct().toList()));
        }
        boolean severalSets = shown.stream().map(JointRow::dataSet).distinct().count() > 1;
        List<Bar> bars = shown.stream()
                .map(row -> {
                    Summary cell = row.cells().get(column);
                    return new Bar(row.source() + ": " + row.size(), label(row, cell, severalSets), row.method(), row, cell);
                })
                .toList();
        return chart(title + ", " + column, bars, "method", BAR_HEIGHT);
    }

    /** The rows of Table 5 as groups of bars; a data set is a series of its own. */
    static Chart ablations(List<JointRow> rows) {
        List<Bar> bars = new ArrayList<>();
        for (JointRow row : rows) {
            String runs = row.isMeasured() ? ", " + runs(row.cells().values()) : "";
            String series = "%s, %s: %s%s".formatted(row.source(), row.dataSet(), row.size(), runs);
            Arrays.stream(Ablation.values())
                    .map(Ablation::label)
                    .filter(row.cells()::containsKey)
                    .forEach(part -> bars.add(new Bar(series, part, part, row, row.cells().get(part))));
        }
        return chart(PaperTable.TABLE_5.title(), bars, "left out", BAR_HEIGHT / 2);
    }

    /** The method, with the data set where there are several, and with the runs, which published sizes hold already. */
    private static String label(JointRow row, Summary cell, boolean severalSets) {
        String more = Stream.of(severalSets ? row.dataSet() : "", row.isMeasured() ? runs(List.of(cell)) : "")
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        return more.isEmpty() ? row.method() : "%s (%s)".formatted(row.method(), more);
    }

    /** How many runs a bar is the mean of. */
    private static String runs(Collection<Summary> cells) {
        String counts = cells.stream().map(Summary::runs).distinct().sorted().map(String::valueOf).collect(Collectors.joining(" or "));
        return counts.equals("1") ? "1 run" : counts + " runs";
    }

    private static Chart chart(String title, List<Bar> bars, String names, int barHeight) {
        Map<String, List<Bar>> series = bars.stream()
                .collect(Collectors.groupingBy(Bar::series, LinkedHashMap::new, Collectors.toList()));
        List<Trace> traces = new ArrayList<>();
        series.forEach((name, members) -> traces.add(BarTrace.builder(
                        members.stream().map(Bar::label).toArray(), means(members).toArray())
                .orientation(Orientation.HORIZONTAL)
                .name(wrapped(name))
                .marker(Marker.builder().color(Palette.of(traces.size()).hex()).build())
                .showLegend(true)
                .build()));
        Axis x = means(bars).min().orElse(0) < 50
                ? Chart.axis("AUROC (%)", 0, 100)
                : Chart.axis("AUROC (%; the axis starts at chance, 50)", 50, 100);
        Axis y = Axis.builder().autoRange(Axis.AutoRange.REVERSED).build();
        var layout = Chart.layout(title, x, y)
                .barMode(BarMode.GROUP)
                .height(FRAME_HEIGHT + barHeight * bars.size())
                .margin(Margin.builder().left(leftOf(bars)).right(30).top(80).bottom(75).build());
        return new Chart(layout.build(), numbers(bars, names), traces);
    }

    /** Room for the longest label, in pixels. */
    private static int leftOf(List<Bar> bars) {
        return 30 + 7 * bars.stream().mapToInt(bar -> bar.label().length()).max().orElse(0);
    }

    private static DoubleStream means(List<Bar> bars) {
        return bars.stream().mapToDouble(bar -> bar.cell().mean());
    }

    /** Broken into lines between words. */
    private static String wrapped(String text) {
        return text.replaceAll("(.{1,%s})(?: |$)".formatted(LEGEND_WIDTH), "$1" + Chart.LINE_BREAK)
                .replaceAll(Chart.LINE_BREAK + "$", "");
    }

    private static Table numbers(List<Bar> bars, String names) {
        return Table.create(
                StringColumn.create("source", bars.stream().map(bar -> bar.row().source()).toList()),
                StringColumn.create("data set", bars.stream().map(bar -> bar.row().dataSet()).toList()),
                StringColumn.create(names, bars.stream().map(Bar::name).toList()),
                DoubleColumn.create("AUROC, %", means(bars).toArray()),
                DoubleColumn.create("std", bars.stream().mapToDouble(bar -> bar.cell().deviation()).toArray()),
                IntColumn.create("runs (0: not stated)", bars.stream().mapToInt(bar -> bar.cell().runs()).toArray()),
                StringColumn.create("size", bars.stream().map(bar -> bar.row().size()).toList()));
    }
}
