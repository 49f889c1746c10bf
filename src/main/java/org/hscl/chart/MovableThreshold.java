package org.hscl.chart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.hscl.chart.Histograms.Group;
import org.hscl.data.ImageSet;
import tech.tablesaw.plotly.components.Line;
import tech.tablesaw.plotly.traces.ScatterTrace;
import tech.tablesaw.plotly.traces.ScatterTrace.Mode;
import tech.tablesaw.plotly.traces.Trace;

/**
 * The histogram of two groups with a threshold on a slider. Above the histogram stand pictures at their values, abnormal ones in the
 * upper row; the threshold's line runs through them, and the legend counts what lies on either side.
 *
 * @param images a picture for each value
 * @param values what is compared with the threshold, (M)
 * @param abnormal the truth, (M)
 */
record MovableThreshold(ImageSet images, double[] values, boolean[] abnormal) {

    /** Places of the slider between the least and the greatest value. */
    private static final int PLACES = 40;

    /** Pictures in a row. */
    private static final int ACROSS = 18;

    /** Where the rows stand and how high they are, in heights of the histogram. */
    private static final double[] ROWS = {1.34, 1.17};
    private static final double ROW = 0.15;
    private static final double TOP = 1.36;

    private static final int HEIGHT = 560;
    private static final int LARGEST = 48; // pixels of a picture

    MovableThreshold {
        if (values.length != abnormal.length || values.length != images.count() || values.length == 0) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "%d values, %d truths and %d images; expected one value and one truth for each image, and at least one image",
                    values.length, abnormal.length, images.count()));
        }
    }

    /** What the two sides are called. */
    enum Side {
        /** Low values are flagged as anomalies. */
        FLAGGED("τ", "flagged", true),
        /** High values may be drawn as normal images. */
        DRAWN("η", "may be drawn", false);

        private final String symbol;
        private final String verb;
        private final boolean low;

        Side(String symbol, String verb, boolean low) {
            this.symbol = symbol;
            this.verb = verb;
            this.low = low;
        }
    }

    Chart chart(String title, String xTitle, Side side, double start) {
        Map<String, Group> groups = new LinkedHashMap<>();
        groups.put("normal", new Group(of(i -> !abnormal[i]), Palette.BLUE));
        groups.put("abnormal", new Group(of(i -> abnormal[i]), Palette.VERMILION));
        groups.values().removeIf(group -> group.values().length == 0);
        Chart still = Histograms.of(title, xTitle, groups, OptionalDouble.empty());
        List<Trace> traces = new ArrayList<>(List.of(still.getTraces()));
        double highest = still.numbers().columns().stream().skip(1)
                .mapToDouble(column -> still.numbers().doubleColumn(column.name()).max()).max().orElse(1);
        traces.add(ScatterTrace.builder(new double[] {start, start}, new double[] {0, TOP * highest})
                .mode(Mode.LINE)
                .line(Line.builder().color(Palette.BLACK.hex()).width(2).dash(Line.Dash.DASH).build())
                .name(decision(side, start))
                .build());
        double[] places = places(start);
        Slider slider = new Slider(side.symbol + " = ");
        for (double place : places) {
            var changes = JsonNodeFactory.instance.objectNode().put("name", decision(side, place));
            changes.set("x", Slider.list(place, place));
            slider.add(String.format(Locale.ROOT, "%.3f", place), traces.size() - 1, changes, title);
        }
        double room = 0.04 * (max() - min());
        var layout = Chart.layout(title, Chart.axis(xTitle, min() - room, max() + room),
                Chart.axis("part of each group (%)", 0, TOP * highest)).height(HEIGHT);
        return slider.chart(layout.build(), still.numbers(), traces, Arrays.binarySearch(places, start), pictures(highest));
    }

    /** Evenly spaced, and the first one exactly. */
    private double[] places(double start) {
        double step = (max() - min()) / PLACES;
        return IntStream.concat(IntStream.rangeClosed(0, PLACES), IntStream.of(-1))
                .mapToDouble(i -> i < 0 ? start : Math.round(1e3 * (min() + i * step)) / 1e3) // as the label says
                .filter(place -> place == start || Math.abs(place - start) > step / 4)
                .distinct().sorted().toArray();
    }

    /** The counts of both sides, the precision and the recall of the chosen one: lines of the legend. */
    private String decision(Side side, double threshold) {
        IntPredicate chosen = i -> side.low ? values[i] < threshold : values[i] > threshold;
        int normal = of(i -> !abnormal[i] && chosen.test(i)).length;
        int anomalies = of(i -> abnormal[i] && chosen.test(i)).length;
        int right = side.low ? anomalies : normal;
        int all = of(i -> abnormal[i] == side.low).length;
        return String.join(Chart.LINE_BREAK,
                String.format(Locale.ROOT, "%s = %.3f: %s", side.symbol, threshold, side.verb),
                String.format(Locale.ROOT, "%,d of %,d abnormal", anomalies, of(i -> abnormal[i]).length),
                String.format(Locale.ROOT, "%,d of %,d normal", normal, of(i -> !abnormal[i]).length),
                "precision " + ratio(right, normal + anomalies),
                "recall " + ratio(right, all));
    }

    private static String ratio(int part, int all) {
        return all == 0 ? "–" : String.format(Locale.ROOT, "%.3f", (double) part / all);
    }

    /** In each of the places across, the picture of either truth whose value is nearest. */
    private ArrayNode pictures(double highest) {
        ArrayNode pictures = JsonNodeFactory.instance.arrayNode();
        double width = (max() - min()) / (ACROSS - 1);
        for (int place = 0; place < ACROSS; place++) {
            double middle = min() + place * width;
            for (int row = 0; row < ROWS.length; row++) {
                boolean anomaly = row == 0;
                double top = ROWS[row] * highest;
                IntStream.range(0, values.length)
                        .filter(i -> abnormal[i] == anomaly && Math.abs(values[i] - middle) <= width / 2)
                        .boxed()
                        .min((i, j) -> Double.compare(Math.abs(values[i] - middle), Math.abs(values[j] - middle)))
                        .ifPresent(i -> pictures.addObject()
                                .put("source", Html.source(Pictures.atMost(LARGEST, images.image(i))))
                                .put("xref", "x").put("yref", "y").put("xanchor", "center").put("yanchor", "top")
                                .put("x", values[i]).put("y", top)
                                .put("sizex", 0.92 * width).put("sizey", ROW * highest));
            }
        }
        return pictures;
    }

    private double min() {
        return Arrays.stream(values).min().orElse(0);
    }

    private double max() {
        double max = Arrays.stream(values).max().orElse(1);
        return max > min() ? max : min() + 1;
    }

    private double[] of(IntPredicate rows) {
        return IntStream.range(0, values.length).filter(rows).mapToDouble(i -> values[i]).toArray();
    }
}
