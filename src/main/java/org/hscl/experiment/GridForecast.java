package org.hscl.experiment;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How long a grid should take, from runs that a store holds already: those of the same method and network whose amount of training
 * (images times epochs) is nearest, in proportion to it.
 */
public final class GridForecast {

    private final Map<String, Result> earlier;

    /**
     * Judges by earlier runs.
     *
     * @param earlier of any grid; failed ones tell nothing
     */
    public GridForecast(List<Result> earlier) {
        this.earlier = earlier.stream().collect(Collectors.toMap(Result::id, Function.identity(), (first, second) -> second));
    }

    /** Whether there is a result, a failure included, so that a grid leaves it out. */
    public boolean isDone(Experiment experiment) {
        return earlier.containsKey(experiment.id());
    }

    /** Seconds of training and scoring, or nothing where no earlier run is of this method and network. */
    public OptionalDouble seconds(Experiment experiment) {
        double wanted = Workload.images(experiment);
        Map<Double, List<Result>> byDistance = earlier.values().stream()
                .filter(result -> result.scores().isPresent() && isAlike(result.experiment(), experiment))
                .collect(Collectors.groupingBy(result -> Math.abs(Math.log(wanted / Workload.images(result.experiment())))));
        return byDistance.keySet().stream().min(Double::compare).map(nearest -> byDistance.get(nearest).stream()
                .mapToDouble(result -> duration(result) * wanted / Workload.images(result.experiment()))
                .average()).orElse(OptionalDouble.empty());
    }

    private static boolean isAlike(Experiment one, Experiment other) {
        return one.method().equals(other.method()) && one.config().encoder().equals(other.config().encoder())
                && (one.features() == null) == (other.features() == null);
    }

    private static double duration(Result result) {
        return result.circumstances().trainSeconds() + result.circumstances().scoreSeconds();
    }

    /** A line of a listing: id, label, and whether it is done or how long it should take. */
    public String line(Experiment experiment) {
        OptionalDouble seconds = seconds(experiment);
        String time = isDone(experiment) ? "  done" : seconds.isPresent() ? "  about " + GridProgress.clock(seconds.getAsDouble()) : "";
        return experiment.id() + "  " + experiment.label() + time;
    }

    /** How much is done and how long the rest should take, in a sentence. */
    public String words(Grid grid) {
        List<Experiment> open = grid.experiments().stream().filter(experiment -> !isDone(experiment)).toList();
        List<Experiment> known = open.stream().filter(experiment -> seconds(experiment).isPresent()).toList();
        double seconds = known.stream().mapToDouble(experiment -> seconds(experiment).orElseThrow()).sum();
        String unknown = open.stream().filter(experiment -> seconds(experiment).isEmpty()).map(Experiment::method).distinct()
                .collect(Collectors.joining(", "));
        String time = known.isEmpty() ? "" : "; %d should take about %s one after the other, as earlier runs here took on %s"
                .formatted(known.size(), GridProgress.clock(seconds), devices(known));
        String rest = unknown.isEmpty() ? "" : "; how long %s take is not known, as no earlier run here is of that method and network (%s)"
                .formatted(known.isEmpty() ? "they" : "the other " + (open.size() - known.size()), unknown);
        return "%d of %d done%s%s".formatted(grid.size() - open.size(), grid.size(), time, rest);
    }

    private String devices(List<Experiment> experiments) {
        return earlier.values().stream()
                .filter(result -> experiments.stream().anyMatch(experiment -> isAlike(result.experiment(), experiment)))
                .map(result -> result.circumstances().device().split(":")[0])
                .distinct().sorted().collect(Collectors.joining(" and "));
    }
}
