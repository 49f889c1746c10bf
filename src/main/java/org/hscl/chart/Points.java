package org.hscl.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Marker;
import tech.tablesaw.plotly.components.Symbol;
import tech.tablesaw.plotly.traces.ScatterTrace;
import tech.tablesaw.plotly.traces.ScatterTrace.Mode;
import tech.tablesaw.plotly.traces.Trace;

/** Points in a plane by class, such as t-SNE maps. */
final class Points {

    /** Of the classes that are not normal. */
    private static final List<Palette> COLORS = List.of(
            Palette.BLUE, Palette.VERMILION, Palette.GREEN, Palette.ORANGE, Palette.SKY_BLUE, Palette.BLACK);

    /** Neighbours in the legend differ in colour and symbol; what shares a colour does not share the symbol. */
    private static final List<Symbol> SYMBOLS = List.of(Symbol.CIRCLE, Symbol.X, Symbol.TRIANGLE_UP);

    private Points() {}

    static Chart scatter(String title, double[][] points, List<String> classes, String normal) {
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        IntStream.range(0, points.length).forEach(i -> rows.computeIfAbsent(classes.get(i), c -> new ArrayList<>()).add(i));
        StringColumn names = StringColumn.create("class");
        IntColumn counts = IntColumn.create("points");
        DoubleColumn meanX = DoubleColumn.create("mean x");
        DoubleColumn meanY = DoubleColumn.create("mean y");
        List<Trace> traces = new ArrayList<>();
        int others = 0;
        for (var entry : rows.entrySet()) {
            boolean isNormal = entry.getKey().equals(normal);
            double[] x = coordinate(points, entry.getValue(), 0);
            double[] y = coordinate(points, entry.getValue(), 1);
            traces.add(ScatterTrace.builder(x, y)
                    .mode(Mode.MARKERS)
                    .marker(marker(isNormal ? -1 : others++))
                    .name(isNormal ? normal + " (normal)" : entry.getKey())
                    .showLegend(true)
                    .build());
            names.append(entry.getKey());
            counts.append(x.length);
            meanX.append(mean(x));
            meanY.append(mean(y));
        }
        Axis x = Chart.axis("first component (no unit)");
        Axis y = Chart.axis("second component (no unit)");
        return new Chart(
                Chart.layout(title, x, y).height(560).build(), Table.create(names, counts, meanX, meanY), traces);
    }

    private static Marker marker(int other) {
        Palette color = other < 0 ? Palette.PURPLE : COLORS.get(other % COLORS.size());
        Symbol symbol = other < 0 ? Symbol.CIRCLE : SYMBOLS.get((other + other / COLORS.size()) % SYMBOLS.size());
        return Marker.builder().color(color.hex()).symbol(symbol).size(other < 0 ? 8 : 6).opacity(0.75).build();
    }

    /** Rounded to hundredths, which is finer than a pixel and keeps the notebook small. */
    private static double[] coordinate(double[][] points, List<Integer> rows, int axis) {
        return rows.stream().mapToDouble(i -> Math.round(points[i][axis] * 100) / 100.0).toArray();
    }

    private static double mean(double[] values) {
        return java.util.Arrays.stream(values).average().orElse(Double.NaN);
    }
}
