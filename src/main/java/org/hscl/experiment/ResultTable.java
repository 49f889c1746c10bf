package org.hscl.experiment;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.hscl.baseline.Methods;
import org.hscl.loss.LossConfig;
import org.hscl.scenario.OneClass;
import org.hscl.train.HsclConfig;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Results as a table, one row a run, with a column for everything that grids vary. AUROCs are in percent, as in the paper. */
public final class ResultTable {

    /** Column of the AUROC by Eq. 9, or by the method's own score, all anomalies pooled. */
    public static final String AUROC = "AUROC";

    /** Column of the mean over the abnormal classes. */
    public static final String MEAN_OF_CLASSES = "AUROC, mean of classes";

    /** Column of the ensemble score's AUROC; missing where it was not measured. */
    public static final String ENSEMBLE = "AUROC, ensemble";

    private final List<Result> results;
    private final Table table = Table.create("Results");

    private ResultTable(List<Result> results) {
        this.results = results;
    }

    /** The measured among some results. */
    public static Table of(List<Result> results) {
        return new ResultTable(results.stream().filter(result -> result.scores().isPresent()).toList()).build();
    }

    private Table build() {
        text("data set", result -> result.experiment().dataSet());
        text("normal", result -> cell(result, one -> String.join(" + ", one.normal())));
        text("γ_l", result -> cell(result, one -> number(one.ratios().labeledNormal())));
        text("γ_p", result -> cell(result, one -> number(one.ratios().pollution())));
        text("labeled anomalies", result -> cell(result, ResultTable::anomalies));
        text("method", result -> result.experiment().method());
        text("variant", result -> loss(result, loss -> loss.variant().name().toLowerCase(java.util.Locale.ROOT)));
        text("terms", result -> loss(result, loss -> Ablation.labelOf(loss.terms())));
        text("η", result -> loss(result, loss -> number(loss.threshold())));
        text("τ", result -> loss(result, loss -> number(loss.temperature())));
        text("λ₁", result -> loss(result, loss -> number(loss.prototypeWeight())));
        text("λ₂", result -> loss(result, loss -> number(loss.abnormalWeight())));
        text("K", result -> loss(result, loss -> number(config(result).encoder().prototypes())));
        text("size", SizeLabel::of);
        text("seed", result -> Long.toString(result.experiment().seed()));
        percent(AUROC, result -> result.scores().orElseThrow().pooled());
        percent(MEAN_OF_CLASSES, result -> result.scores().orElseThrow().meanOfClasses());
        percent(ENSEMBLE, result -> result.ensemble().map(Scores::pooled).orElse(Double.NaN));
        column("seconds", result -> result.run().trainSeconds() + result.run().scoreSeconds());
        text("id", Result::id);
        return table;
    }

    private static String anomalies(OneClass one) {
        return one.labeledAnomalies().isEmpty() ? "all" : String.join(" + ", one.labeledAnomalies());
    }

    private static String cell(Result result, Function<OneClass, String> value) {
        return result.experiment().cell() instanceof Cell.OfOneClass one ? value.apply(one.settings()) : "";
    }

    /** Settings of HSCL's loss mean nothing for another method. */
    private static String loss(Result result, Function<LossConfig, String> value) {
        return result.experiment().method().equals(Methods.HSCL) ? value.apply(config(result).loss()) : "";
    }

    private static HsclConfig config(Result result) {
        return result.experiment().config();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private void text(String name, Function<Result, String> value) {
        table.addColumns(StringColumn.create(name, results.stream().map(value).toList()));
    }

    private void percent(String name, ToDoubleFunction<Result> value) {
        column(name, result -> 100 * value.applyAsDouble(result));
    }

    private void column(String name, ToDoubleFunction<Result> value) {
        table.addColumns(DoubleColumn.create(name, results.stream().mapToDouble(value).toArray()));
    }
}
