package org.hscl.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The sentence of {@link Summary#best}. Settings are compared run by run, on runs that are alike in all else, so that neither an easy
 * class nor a lucky seed favours one of them.
 */
final class Verdict {

    /** Columns that are measured, not set. */
    private static final List<String> MEASURED =
            List.of(ResultTable.AUROC, ResultTable.MEAN_OF_CLASSES, ResultTable.ENSEMBLE, "seconds", "id");

    /** Means that are printed alike count as equal. */
    private static final double ALIKE = 0.05;

    private final String prefix;

    /** AUROCs by setting, each by all else that tells a run apart; of a setting that was not measured, none. */
    private final Map<String, Map<String, Double>> aurocs;

    /** Where every measured setting has a run. */
    private final List<String> common;

    private Verdict(String prefix, Map<String, Map<String, Double>> aurocs) {
        this.prefix = prefix;
        this.aurocs = aurocs;
        common = aurocs.values().stream().flatMap(runs -> runs.keySet().stream()).distinct()
                .filter(run -> aurocs.values().stream().allMatch(runs -> runs.isEmpty() || runs.containsKey(run)))
                .toList();
    }

    static String best(Table runs, String key) {
        boolean text = runs.column(key).type().equals(ColumnType.STRING);
        List<String> rest = runs.columnNames().stream().filter(name -> !name.equals(key) && !MEASURED.contains(name)).toList();
        Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();
        for (int i = 0; i < runs.rowCount(); i++) {
            int row = i;
            Column<?> setting = runs.column(key);
            if (!setting.isMissing(row)) {
                String name = setting.getString(row).replaceFirst(text ? "^$" : "\\.0$", "");
                values.computeIfAbsent(name, each -> new LinkedHashMap<>())
                        .computeIfAbsent(rest.stream().map(each -> runs.getString(row, each)).collect(Collectors.joining("\t")), run -> new ArrayList<>())
                        .add(runs.numberColumn(ResultTable.AUROC).getDouble(row));
            }
        }
        Map<String, Map<String, Double>> means = new LinkedHashMap<>();
        values.forEach((name, byRun) -> {
            Map<String, Double> known = means.computeIfAbsent(name, each -> new LinkedHashMap<>());
            byRun.forEach((run, measured) -> known.put(run, summary(measured.stream().mapToDouble(auroc -> auroc)).mean()));
            known.values().removeIf(mean -> Double.isNaN(mean));
        });
        return new Verdict(text ? "" : key + " ", means).sentence();
    }

    private String sentence() {
        List<String> measured = new ArrayList<>(aurocs.keySet());
        measured.removeIf(name -> aurocs.get(name).isEmpty());
        List<String> missing = new ArrayList<>(aurocs.keySet());
        missing.removeAll(measured);
        String rest = missing.isEmpty() ? "" : " Not measured: %s%s.".formatted(prefix, listed(missing));
        if (measured.isEmpty()) {
            return "No AUROC was measured.";
        }
        if (measured.size() == 1) {
            Summary summary = summary(aurocs.get(measured.get(0)).values().stream().mapToDouble(auroc -> auroc));
            return "Only %s%s was measured: %s %%.%s".formatted(prefix, measured.get(0), summary.textWithoutRuns(), rest);
        }
        if (common.isEmpty()) {
            return "No two of %s%s were measured on the same runs, so that they do not compare.%s".formatted(prefix, listed(measured), rest);
        }
        return compared(measured) + basis(measured) + rest;
    }

    private String compared(List<String> measured) {
        List<String> falling = measured.stream().sorted(Comparator.comparingDouble(name -> -mean(name))).toList();
        List<String> best = near(falling, falling.get(0));
        List<String> others = falling.stream().filter(name -> !best.contains(name)).toList();
        if (others.isEmpty()) {
            return format("%s%s are alike, %.1f %%.", prefix, listed(best), mean(best.get(0)));
        }
        List<String> next = near(others, others.get(0));
        List<String> lowest = near(others, others.get(others.size() - 1));
        lowest = lowest.stream().filter(name -> !next.contains(name)).toList();
        String first = format("%s %s%s with %.1f %%, %s above %s", best.size() == 1 ? "Highest is" : "Highest are",
                prefix, listed(best), mean(best.get(0)), points(best.get(0), next.get(0), " points"), listed(next));
        return lowest.isEmpty() ? first + "." : first + format(" and %s above the lowest, %s.",
                points(best.get(0), lowest.get(lowest.size() - 1), ""), listed(lowest));
    }

    /** How far two settings differ; with the runs' spread where there are several, and what it means where it is the larger. */
    private String points(String high, String low, String unit) {
        Summary difference = summary(common.stream().mapToDouble(run -> aurocs.get(high).get(run) - aurocs.get(low).get(run)));
        String doubt = difference.mean() < difference.deviation() ? " (less than its deviation)" : "";
        return difference.textWithoutRuns() + unit + doubt;
    }

    private String basis(List<String> measured) {
        boolean all = measured.stream().allMatch(name -> aurocs.get(name).size() == common.size());
        String which = all ? "" : ", of those that all have";
        return common.size() == 1
                ? " One run each%s: how far seeds differ is not known.".formatted(which)
                : " Means of %d runs each%s.".formatted(common.size(), which);
    }

    private double mean(String name) {
        return summary(common.stream().mapToDouble(aurocs.get(name)::get)).mean();
    }

    private static Summary summary(DoubleStream values) {
        return Summary.of(values.toArray());
    }

    /** Those with about the same mean, in the order of the table. */
    private List<String> near(List<String> names, String reference) {
        return aurocs.keySet().stream().filter(names::contains).filter(name -> Math.abs(mean(name) - mean(reference)) < ALIKE).toList();
    }

    private static String listed(List<String> names) {
        int last = names.size() - 1;
        return last < 1 ? String.join("", names) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
