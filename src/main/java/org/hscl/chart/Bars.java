package org.hscl.chart;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hscl.scenario.SampleState;
import org.hscl.scenario.Split;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Layout.BarMode;
import tech.tablesaw.plotly.components.Marker;
import tech.tablesaw.plotly.components.TickSettings;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.BarTrace.BarBuilder;
import tech.tablesaw.plotly.traces.Trace;

/** Figures made of bars: split counts, a confusion matrix, the columns of a table. */
final class Bars {

    private static final int HEIGHT = 480;

    private Bars() {}

    /** Bars of each class by state; logarithmic, since L⁻ and the pollution are small beside the normal class. */
    static Chart splitCounts(Split split) {
        Table table = split.describe();
        String[] classes = table.stringColumn("class").asObjectArray();
        List<Trace> traces = new ArrayList<>();
        for (SampleState state : SampleState.values()) {
            double[] counts = table.intColumn(state.title()).asDoubleArray();
            traces.add(bar(state.title(), classes, counts, Palette.of(state)).build());
        }
        Axis y = Axis.builder()
                .title("training images (logarithmic)")
                .type(Axis.Type.LOG)
                .tickSettings(TickSettings.builder().dTick(1).build())
                .build();
        var layout = Chart.layout(split.name(), Chart.axis("class"), y).barMode(BarMode.GROUP);
        return new Chart(layout.build(), table, traces);
    }

    static Chart confusion(double[] scores, boolean[] abnormal, double threshold) {
        int[][] counts = new int[2][2]; // truth, decision; 1 is abnormal
        for (int i = 0; i < scores.length; i++) {
            counts[abnormal[i] ? 1 : 0][scores[i] < threshold ? 1 : 0]++;
        }
        String[] truths = {
            String.format(Locale.ROOT, "truly normal: %,d pass, %,d flagged", counts[0][0], counts[0][1]),
            String.format(Locale.ROOT, "truly abnormal: %,d pass, %,d flagged", counts[1][0], counts[1][1])
        };
        String[] decisions = {"passes as normal", "flagged as anomaly"};
        Table table = Table.create(StringColumn.create("truth", "normal", "abnormal"));
        List<Trace> traces = new ArrayList<>();
        for (int decision : new int[] {0, 1}) {
            double[] percent = IntStream.of(0, 1)
                    .mapToDouble(truth -> 100.0 * counts[truth][decision] / Math.max(1, counts[truth][0] + counts[truth][1]))
                    .toArray();
            table.addColumns(
                    IntColumn.create(decisions[decision], new int[] {counts[0][decision], counts[1][decision]}),
                    DoubleColumn.create(decisions[decision] + ", %", percent));
            traces.add(bar(decisions[decision], truths, percent, Palette.of(decision)).build());
        }
        Axis y = Chart.axis("part of the images of each truth (%)", 0, 100);
        String title = String.format(Locale.ROOT, "Decisions at threshold %.3f", threshold);
        return new Chart(Chart.layout(title, Chart.axis(""), y).barMode(BarMode.STACK).build(), table, traces);
    }

    /** One column after another, on a common axis. */
    static Chart movable(Table table) {
        String[] names = table.stringColumn(0).asObjectArray();
        List<double[]> columns = table.columns().stream().skip(1).map(column -> table.doubleColumn(column.name()).asDoubleArray()).toList();
        if (columns.isEmpty() || names.length == 0) {
            throw new IllegalArgumentException("The table '%s' has %d rows and %d columns; expected at least one row and two columns"
                    .formatted(table.name(), names.length, table.columnCount()));
        }
        double low = columns.stream().flatMapToDouble(Arrays::stream).filter(Double::isFinite).min().orElse(0);
        Slider slider = new Slider("");
        for (int i = 0; i < columns.size(); i++) {
            String title = title(table, i, columns.get(i));
            var changes = JsonNodeFactory.instance.objectNode();
            changes.set("y", Slider.list(columns.get(i)));
            slider.add(table.columnNames().get(i + 1), 0, changes, title);
        }
        Trace bars = bar("", names, columns.get(0), Palette.BLUE).showLegend(false).build();
        Axis y = Chart.axis(table.name(), Math.max(0, 10 * Math.floor(low / 10 - 0.5)), 100);
        var layout = Chart.layout(title(table, 0, columns.get(0)), Chart.axis(table.columnNames().get(0)), y).height(HEIGHT);
        return slider.chart(layout.build(), table.copy(), List.of(bars), 0, JsonNodeFactory.instance.arrayNode());
    }

    private static String title(Table table, int column, double[] values) {
        double mean = Arrays.stream(values).filter(Double::isFinite).average().orElse(Double.NaN);
        return String.format(Locale.ROOT, "%s: mean %.1f %%", table.columnNames().get(column + 1), mean);
    }

    private static BarBuilder bar(String name, Object[] categories, double[] values, Palette color) {
        return BarTrace.builder(categories, values)
                .name(name)
                .marker(Marker.builder().color(color.hex()).build())
                .showLegend(true);
    }
}
