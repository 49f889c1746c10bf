package org.hscl.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hscl.eval.HeldOut;
import org.hscl.eval.PrecisionRecall;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Line;
import tech.tablesaw.plotly.traces.ScatterTrace;
import tech.tablesaw.plotly.traces.ScatterTrace.Mode;
import tech.tablesaw.plotly.traces.Trace;

/** Figures that help to decide, one factory each. */
final class DecisionCharts {

    private DecisionCharts() {}

    /** Precision against recall of the anomalies among held-out pictures, with its area. */
    public static Chart precisionRecall(HeldOut heldOut) {
        PrecisionRecall curve = heldOut.precisionRecall();
        double chance = (double) curve.anomalies() / curve.images();
        Table table = Table.create(DoubleColumn.create("recall", curve.recall()), DoubleColumn.create("precision", curve.precision()));
        List<Trace> traces = new ArrayList<>();
        String name = String.format(Locale.ROOT, "anomalies: average precision %.3f", curve.averagePrecision());
        traces.add(Curves.line(name, curve.recallFromZero(), curve.precisionFromZero(), Palette.VERMILION).build());
        traces.add(ScatterTrace.builder(new double[] {0, 1}, new double[] {chance, chance})
                .mode(Mode.LINE)
                .line(Line.builder().color(Palette.BLACK.hex()).width(1).dash(Line.Dash.DOT).build())
                .name(String.format(Locale.ROOT, "chance: %.3f", chance))
                .build());
        var layout = Chart.layout("Precision and recall", Chart.axis("recall (part of the anomalies that is reported)", -0.01, 1.01),
                Chart.axis("precision (part of the reported that are anomalies)", 0, 1.01));
        return new Chart(layout.build(), table, traces);
    }
}
