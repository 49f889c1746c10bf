package org.hscl.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.hscl.baseline.Methods;
import org.hscl.data.DataSets;
import org.hscl.loss.LossConfig;
import org.hscl.scenario.OneClass;
import org.hscl.scenario.Ratios;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/** Results as a table, one row a run, with a column for everything that grids vary. AUROCs are in percent, as in the paper. */
public final class ResultTable {

    /** Column of the AUROC by Eq. 9, or by the method's own score, all anomalies pooled. */
    public static final String AUROC = "AUROC";

    /** Column of the mean over the abnormal classes. */
    public static final String MEAN_OF_CLASSES = "AUROC, mean of classes";

    /** Column of the ensemble score's AUROC; missing where it was not measured. */
    public static final String ENSEMBLE = "AUROC, ensemble";

    /** For reading; a CSV file keeps all digits. */
    static final NumberColumnFormatter SHORT = NumberColumnFormatter.fixedWithGrouping(2);

    private final List<Result> results;
    private final Table table = Table.create("Results");

    private ResultTable(List<Result> results) {
        this.results = results;
    }

    /** The measured among some results. */
    public static Table of(List<Result> results) {
        return new ResultTable(results.stream().filter(result -> result.scores().isPresent()).toList()).build();
    }

    /** The columns that tell the runs of a table apart, seeds and normal classes excepted: what to summarize by. */
    public static String[] keys(Table runs) {
        List<String> always = List.of("data set", "method", "size");
        List<String> sometimes = List.of("γ_l", "γ_p", "variant", "terms", "η", "τ", "λ₁", "λ₂", "K", "settings");
        return runs.columnNames().stream()
                .filter(name -> always.contains(name)
                        || sometimes.contains(name) && runs.column(name).unique().size() > 1)
                .toArray(String[]::new);
    }

    /**
     * How well each kind of anomaly is told from the normal images: one row an abnormal class, one column for each value of
     * another column, such as {@code γ_l}. Means over runs, in percent.
     *
     * @param key a column of {@link #of}
     */
    public static Table perClass(List<Result> results, String key) {
        List<Result> measured = results.stream().filter(result -> result.scores().isPresent()).toList();
        Table runs = of(measured);
        Map<String, Map<String, List<Double>>> aurocs = new LinkedHashMap<>(); // by value of the key, then by class
        Set<String> classes = new LinkedHashSet<>();
        for (int row = 0; row < measured.size(); row++) {
            var column = aurocs.computeIfAbsent(key + " " + runs.getString(row, key), value -> new LinkedHashMap<>());
            measured.get(row).scores().orElseThrow().perClass()
                    .forEach((name, auroc) -> column.computeIfAbsent(name, c -> new ArrayList<>()).add(100 * auroc));
            classes.addAll(column.keySet());
        }
        Table table = Table.create("AUROC by abnormal class (%)", StringColumn.create("abnormal class", classes));
        aurocs.forEach((title, column) -> {
            double[] means = classes.stream().mapToDouble(name -> mean(column.getOrDefault(name, List.of()))).toArray();
            DoubleColumn added = DoubleColumn.create(title, means);
            added.setPrintFormatter(SHORT);
            table.addColumns(added);
        });
        return table;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    private Table build() {
        text("data set", result -> result.experiment().dataSet());
        text("normal", result -> cell(result, one -> named(result, one.normal())));
        column("γ_l", result -> ratio(result, Ratios::labeledNormal));
        column("γ_p", result -> ratio(result, Ratios::pollution));
        text("labeled anomalies", result -> cell(result, one -> one.labeledAnomalies().isEmpty() ? "all" : named(result, one.labeledAnomalies())));
        text("method", result -> result.experiment().method());
        text("variant", result -> isHscl(result) ? loss(result).variant().name().toLowerCase(Locale.ROOT) : "");
        text("terms", result -> isHscl(result) ? Ablation.labelOf(loss(result).terms()) : "");
        setting("η", result -> loss(result).threshold());
        setting("τ", result -> loss(result).temperature());
        setting("λ₁", result -> loss(result).prototypeWeight());
        setting("λ₂", result -> loss(result).abnormalWeight());
        setting("K", result -> result.experiment().config().encoder().prototypes());
        text("settings", ResultTable::settings);
        text("size", SizeLabel::of);
        text("seed", result -> Long.toString(result.experiment().seed()));
        percent(AUROC, result -> result.scores().orElseThrow().pooled());
        percent(MEAN_OF_CLASSES, result -> result.scores().orElseThrow().meanOfClasses());
        percent(ENSEMBLE, result -> result.ensemble().map(Scores::pooled).orElse(Double.NaN));
        column("seconds", result -> result.circumstances().trainSeconds() + result.circumstances().scoreSeconds());
        text("id", Result::id);
        return table;
    }

    private static String cell(Result result, Function<OneClass, String> value) {
        return result.experiment().cell() instanceof Cell.OfOneClass one ? value.apply(one.settings()) : "";
    }

    private static String settings(Result result) {
        OnFeatures features = result.experiment().features();
        return features == null ? Place.otherSettings(result.experiment().config()) : features.label(result.experiment().method());
    }

    private static String named(Result result, List<String> classes) {
        return DataSets.classNames(result.experiment().dataSet(), classes);
    }

    private static double ratio(Result result, ToDoubleFunction<Ratios> value) {
        return result.experiment().cell() instanceof Cell.OfOneClass one
                ? value.applyAsDouble(one.settings().ratios())
                : Double.NaN;
    }

    private static boolean isHscl(Result result) {
        return result.experiment().method().equals(Methods.HSCL);
    }

    private static LossConfig loss(Result result) {
        return result.experiment().config().loss();
    }

    /** Settings of HSCL mean nothing for another method. */
    private void setting(String name, ToDoubleFunction<Result> value) {
        column(name, result -> isHscl(result) ? value.applyAsDouble(result) : Double.NaN);
    }

    private void text(String name, Function<Result, String> value) {
        table.addColumns(StringColumn.create(name, results.stream().map(value).toList()));
    }

    private void percent(String name, ToDoubleFunction<Result> value) {
        column(name, result -> 100 * value.applyAsDouble(result));
        table.doubleColumn(name).setPrintFormatter(SHORT);
    }

    private void column(String name, ToDoubleFunction<Result> value) {
        table.addColumns(DoubleColumn.create(name, results.stream().mapToDouble(value).toArray()));
    }
}
