package org.hscl.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Line;
import tech.tablesaw.plotly.traces.ScatterTrace;
import tech.tablesaw.plotly.traces.ScatterTrace.Fill;
import tech.tablesaw.plotly.traces.ScatterTrace.Mode;
import tech.tablesaw.plotly.traces.Trace;

/**
 * Distributions of groups of very different sizes, each in per cent of its own group. The bins are counted here and drawn as
 * steps: a notebook then keeps 32 numbers a group instead of one for each image.
 */
final class Histograms {

    private static final int BINS = 32;

    private Histograms() {}

    /** Values of one group and their colour. */
    record Group(double[] values, Palette color) {}

    /** A density that explains a part of the last group, and its colour. */
    record Part(DoubleUnaryOperator density, Palette color) {}

    static Chart of(String title, String xTitle, Map<String, Group> groups, OptionalDouble threshold) {
        return of(title, xTitle, groups, Map.of(), threshold);
    }

    static Chart of(
            String title, String xTitle, Map<String, Group> groups, Map<String, Part> parts, OptionalDouble threshold) {
        double[] all = groups.values().stream().flatMapToDouble(g -> Arrays.stream(g.values())).toArray();
        double low = Arrays.stream(all).min().orElse(0);
        double high = Arrays.stream(all).max().orElse(1);
        double[] edges = edges(low, high > low ? high : low + 1);
        Table table = Table.create(StringColumn.create("bin from", labels(edges)));
        List<Trace> traces = new ArrayList<>();
        groups.forEach((name, group) -> {
            double[] percent = percent(group.values(), edges);
            String label = String.format(Locale.ROOT, "%s (%,d)", name, group.values().length);
            table.addColumns(DoubleColumn.create(label + ", %", Arrays.copyOf(percent, BINS)));
            Line steps = Line.builder().color(group.color().hex()).width(2).shape(Line.Shape.HV).build();
            traces.add(ScatterTrace.builder(edges, percent)
                    .mode(Mode.LINE)
                    .line(steps)
                    .fill(Fill.TO_ZERO_Y)
                    .fillColor(group.color().translucent())
                    .name(label)
                    .build());
        });
        parts.forEach((name, part) -> {
            double[] percent = percent(part.density(), edges);
            table.addColumns(DoubleColumn.create(name + ", %", percent));
            traces.add(ScatterTrace.builder(middles(edges), percent)
                    .mode(Mode.LINE)
                    .line(Line.builder().color(part.color().hex()).width(2).dash(Line.Dash.DOT).build())
                    .name(name)
                    .build());
        });
        threshold.ifPresent(value -> traces.add(threshold(value, traces.size(), table)));
        var layout = Chart.layout(title, Chart.axis(xTitle), Chart.axis("part of each group (%)"));
        return new Chart(layout.build(), table, traces);
    }

    private static Trace threshold(double value, int groups, Table table) {
        double top = 0;
        for (int i = 1; i <= groups; i++) {
            top = Math.max(top, table.doubleColumn(i).max());
        }
        Line dashes = Line.builder().color(Palette.BLACK.hex()).width(2).dash(Line.Dash.DASH).build();
        return ScatterTrace.builder(new double[] {value, value}, new double[] {0, top})
                .mode(Mode.LINE)
                .line(dashes)
                .name(String.format(Locale.ROOT, "threshold %.3f", value))
                .build();
    }

    /** How much of a density lies in each bin, by its middle. */
    private static double[] percent(DoubleUnaryOperator density, double[] edges) {
        double width = edges[1] - edges[0];
        return Arrays.stream(middles(edges))
                .map(middle -> Math.round(1e4 * width * density.applyAsDouble(middle)) / 100.0)
                .toArray();
    }

    private static double[] middles(double[] edges) {
        return IntStream.range(0, BINS).mapToDouble(i -> (edges[i] + edges[i + 1]) / 2).toArray();
    }

    private static double[] edges(double low, double high) {
        double[] edges = new double[BINS + 1];
        for (int i = 0; i <= BINS; i++) {
            edges[i] = low + (high - low) * i / BINS;
        }
        return edges;
    }

    private static List<String> labels(double[] edges) {
        int decimals = (int) Math.max(3, 1 - Math.floor(Math.log10(edges[1] - edges[0])));
        return Arrays.stream(edges).limit(BINS).mapToObj(("%." + decimals + "f")::formatted).toList();
    }

    /** One value a bin, and a 0 at the last edge that closes the area. */
    private static double[] percent(double[] values, double[] edges) {
        double[] counts = new double[BINS + 1];
        double width = (edges[BINS] - edges[0]) / BINS;
        for (double value : values) {
            int bin = (int) Math.min(BINS - 1, (value - edges[0]) / width);
            counts[bin]++;
        }
        return Arrays.stream(counts).map(count -> Math.round(1e4 * count / values.length) / 100.0).toArray();
    }
}
