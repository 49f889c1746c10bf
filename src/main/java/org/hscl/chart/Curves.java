package org.hscl.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hscl.eval.Roc;
import org.hscl.loss.LossTerm;
import org.hscl.scenario.SampleState;
import org.hscl.train.History;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Layout.HoverMode;
import tech.tablesaw.plotly.components.Line;
import tech.tablesaw.plotly.traces.ScatterTrace;
import tech.tablesaw.plotly.traces.ScatterTrace.Fill;
import tech.tablesaw.plotly.traces.ScatterTrace.Mode;
import tech.tablesaw.plotly.traces.ScatterTrace.ScatterBuilder;
import tech.tablesaw.plotly.traces.Trace;

/** Figures made of lines: losses, ROC curves, sweeps, threshold sampling. */
final class Curves {

    /** Where a ROC curve is drawn and tabled: denser at the left, where detectors differ. */
    private static final double[] FALSE_POSITIVE_RATES = {
        0, .002, .005, .01, .015, .02, .03, .04, .05, .06, .08, .1, .12, .15, .2, .25, .3, .4, .5, .6, .7, .8, .9, 1
    };

    /** Values of η. */
    private static final double[] THRESHOLDS = {0, .1, .2, .3, .4, .5, .6, .7, .8, .9};

    private static final double LEAST_SPREAD = 10;

    private Curves() {}

    static Chart losses(History history) {
        Table table = history.toTable().removeColumns("images per second");
        double[] epochs = table.numberColumn("epoch").asDoubleArray();
        List<Trace> traces = new ArrayList<>();
        for (String name : history.lossNames()) {
            Palette color = name.equals(LossTerm.TOTAL) ? Palette.BLACK : Palette.of(traces.size() - 1);
            double[] values = table.doubleColumn(name).asDoubleArray();
            traces.add(line(name, epochs, values, color).mode(Mode.LINE_AND_MARKERS).build());
        }
        var layout = Chart.layout(
                        "Training losses",
                        Chart.axis("epoch"),
                        Chart.axis("mean loss of the epoch (nats)"))
                .hoverMode(HoverMode.X);
        return new Chart(layout.build(), table, traces);
    }

    static Chart roc(Map<String, Roc> curves) {
        Table table = Table.create(DoubleColumn.create("false positive rate", FALSE_POSITIVE_RATES));
        List<Trace> traces = new ArrayList<>();
        new LinkedHashMap<>(curves).forEach((name, roc) -> {
            double[] trueRate = Arrays.stream(FALSE_POSITIVE_RATES).map(rate -> truePositiveRate(roc, rate)).toArray();
            String label = String.format(Locale.ROOT, "%s: AUROC %.3f", name, roc.auroc());
            table.addColumns(DoubleColumn.create(label, trueRate));
            traces.add(line(label, after(0, FALSE_POSITIVE_RATES), after(0, trueRate), Palette.of(traces.size())).build());
        });
        double[] diagonal = {0, 1};
        Line dashes = Line.builder().color(Palette.BLACK.hex()).width(1).dash(Line.Dash.DOT).build();
        traces.add(ScatterTrace.builder(diagonal, diagonal).mode(Mode.LINE).line(dashes).name("chance: 0.500").build());
        var layout = Chart.layout(
                "ROC curve",
                Chart.axis("false positive rate (part of the anomalies taken as normal)", -0.01, 1),
                Chart.axis("true positive rate (part of the normals)", 0, 1.01));
        return new Chart(layout.build(), table, traces);
    }

    static Chart aboveThreshold(double[] normalWeights, double[] abnormalWeights) {
        Table table = Table.create(DoubleColumn.create("η", THRESHOLDS));
        List<Trace> traces = new ArrayList<>();
        for (SampleState state : List.of(SampleState.UNLABELED_NORMAL, SampleState.UNLABELED_ABNORMAL)) {
            double[] weights = state == SampleState.UNLABELED_NORMAL ? normalWeights : abnormalWeights;
            int[] counts = Arrays.stream(THRESHOLDS)
                    .mapToInt(eta -> (int) Arrays.stream(weights).filter(weight -> weight > eta).count())
                    .toArray();
            double[] percent = Arrays.stream(counts).mapToDouble(count -> 100.0 * count / Math.max(1, weights.length)).toArray();
            String name = String.format(Locale.ROOT, "%s (%,d)", state.title(), weights.length);
            table.addColumns(IntColumn.create(name, counts), DoubleColumn.create(state.title() + ", %", percent));
            traces.add(line(name, THRESHOLDS, percent, Palette.of(state)).mode(Mode.LINE_AND_MARKERS).build());
        }
        var layout = Chart.layout(
                "Unlabeled images above the threshold, by their hidden truth",
                Chart.axis("threshold η (0 … 1)", -0.02, 1),
                Chart.axis("images with wᵢ > η (% of each truth)", 0, 102));
        return new Chart(layout.build(), table, traces);
    }

    static Chart sweep(Table results, String x, String mean, String deviation, Map<String, Table> groups) {
        List<Trace> traces = new ArrayList<>();
        groups.forEach((name, unsorted) -> {
            Table rows = unsorted.sortOn(x);
            Palette color = Palette.of(traces.size() / 3);
            double[] at = rows.numberColumn(x).asDoubleArray();
            double[] middle = rows.numberColumn(mean).asDoubleArray();
            double[] spread = rows.numberColumn(deviation).asDoubleArray();
            traces.add(edge(at, middle, spread, 1, color).build());
            traces.add(edge(at, middle, spread, -1, color).fill(Fill.TO_NEXT_Y).fillColor(color.translucent()).build());
            traces.add(line(name, at, middle, color).mode(Mode.LINE_AND_MARKERS).build());
        });
        boolean banded = results.numberColumn(deviation).countMissing() < results.rowCount();
        String title = banded ? "AUROC (%%; band: ± %s)".formatted(deviation) : "AUROC (%; one run a point, so no band)";
        var layout = Chart.layout(results.name(), Chart.axis(x), percent(title, results.numberColumn(mean)));
        return new Chart(layout.build(), results.copy(), traces);
    }

    /** Small differences stay small to the eye: where all is within a few points, ten are shown. */
    private static Axis percent(String title, NumericColumn<?> means) {
        double spread = means.max() - means.min();
        if (!(spread < LEAST_SPREAD)) {
            return Chart.axis(title);
        }
        double top = Math.min(100, Math.ceil(means.max() + (LEAST_SPREAD - spread) / 2));
        return Chart.axis(title, top - LEAST_SPREAD, top);
    }

    /** An edge of an error band: invisible, named by the curve that it goes with; one run has no deviation. */
    private static ScatterBuilder edge(double[] x, double[] mean, double[] deviation, int sign, Palette color) {
        double[] y = new double[mean.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = mean[i] + (Double.isNaN(deviation[i]) ? 0 : sign * deviation[i]);
        }
        Line hidden = Line.builder().color(color.hex()).width(0).build();
        return ScatterTrace.builder(x, y)
                .mode(Mode.LINE)
                .line(hidden)
                .name(sign > 0 ? "upper edge" : "lower edge")
                .showLegend(false);
    }

    static ScatterBuilder line(String name, double[] x, double[] y, Palette color) {
        Line line = Line.builder().color(color.hex()).width(2).build();
        return ScatterTrace.builder(x, y).mode(Mode.LINE).line(line).name(name).showLegend(true);
    }

    /** The height of a curve, straight between its points; at a jump, its top. */
    private static double truePositiveRate(Roc roc, double falsePositiveRate) {
        double[] x = roc.falsePositiveRate();
        double[] y = roc.truePositiveRate();
        int right = x.length - 1;
        while (right > 0 && x[right - 1] > falsePositiveRate) {
            right--;
        }
        if (right == 0 || x[right] <= falsePositiveRate) {
            return y[right];
        }
        double part = (falsePositiveRate - x[right - 1]) / (x[right] - x[right - 1]);
        return y[right - 1] + part * (y[right] - y[right - 1]);
    }

    private static double[] after(double first, double[] others) {
        double[] all = new double[others.length + 1];
        all[0] = first;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }
}
