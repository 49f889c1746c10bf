package org.hscl.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.hscl.loss.LossConfig;
import org.hscl.loss.Variant;
import org.hscl.model.Precision;

/**
 * Experiments to be run together. A grid starts from one experiment; each axis multiplies it:
 *
 * <pre>{@code
 * Grid.of(base).normals(0, 2, 5, 6, 8).seeds(1, 2, 3)      // 15 experiments
 * Grid.thresholds(base)                                    // the left half of Figure 4
 * }</pre>
 *
 * @param experiments in the order of running, each once
 */
public record Grid(List<Experiment> experiments) {

    /** Drops repetitions. */
    public Grid {
        experiments = List.copyOf(new LinkedHashSet<>(experiments));
    }

    /** One experiment. */
    public static Grid of(Experiment base) {
        return new Grid(List.of(base));
    }

    /** Table 5: the full model and each part left out. */
    public static Grid ablations(Experiment base) {
        return of(base).ablations();
    }

    /** Figure 4, left: η from 0.2 to 0.8. */
    public static Grid thresholds(Experiment base) {
        return of(base).thresholds(0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8);
    }

    /** Figure 4, right: one to eight prototypes. */
    public static Grid prototypes(Experiment base) {
        return of(base).prototypes(1, 2, 3, 4, 5, 6, 7, 8);
    }

    /**
     * Each experiment with each value.
     *
     * @param values of the axis
     * @param change makes an experiment with a value
     */
    public <T> Grid over(List<T> values, BiFunction<Experiment, T, Experiment> change) {
        return new Grid(experiments.stream()
                .flatMap(experiment -> values.stream().map(value -> change.apply(experiment, value)))
                .toList());
    }

    /** All of them on the features of a frozen network. */
    public Grid onFeatures(OnFeatures network) {
        return over(List.of(network), Experiment::withFeatures);
    }

    /** These experiments, then others. */
    public Grid plus(Grid others) {
        List<Experiment> both = new ArrayList<>(experiments);
        both.addAll(others.experiments);
        return new Grid(both);
    }

    /** Each data set. */
    public Grid dataSets(String... names) {
        return over(List.of(names), Experiment::withDataSet);
    }

    /** Each class as the normal one, by number. */
    public Grid normals(int... classes) {
        return over(IntStream.of(classes).boxed().toList(), (e, c) -> e.withOneClass(cell -> cell.withNormal(c)));
    }

    /** Each class or group as the normal one, by name. */
    public Grid normals(List<String> classes) {
        return over(classes, (e, c) -> e.withOneClass(cell -> cell.withNormal(c)));
    }

    /**
     * Each other class as the one that labeled anomalies come from.
     *
     * @param classes how many classes there are; the normal one, given by number, is left out
     */
    public Grid eachLabeledAnomaly(int classes) {
        return new Grid(experiments.stream()
                .flatMap(e -> IntStream.range(0, classes)
                        .mapToObj(Integer::toString)
                        .filter(c -> !e.oneClass().normal().contains(c))
                        .map(c -> e.withOneClass(cell -> cell.withLabeledAnomalies(c))))
                .toList());
    }

    /** The class after the normal one, cyclically, as the one that labeled anomalies come from. */
    public Grid nextLabeledAnomaly(int classes) {
        return new Grid(experiments.stream()
                .map(e -> e.withOneClass(cell -> cell.withLabeledAnomalies(
                        Integer.toString((Integer.parseInt(cell.normal().get(0)) + 1) % classes))))
                .toList());
    }

    /** Each γ_l, of L⁺ and L⁻ alike. */
    public Grid labeledRatios(double... ratios) {
        return over(ratios, (e, ratio) -> e.withOneClass(cell -> cell.withLabeledRatio(ratio)));
    }

    /** Each γ_p. */
    public Grid pollutionRatios(double... ratios) {
        return over(ratios, (e, ratio) -> e.withOneClass(cell -> cell.withPollutionRatio(ratio)));
    }

    /** Each method, by name. */
    public Grid methods(String... names) {
        return over(List.of(names), Experiment::withMethod);
    }

    /** The paper's equations and the released code's, or one of them. */
    public Grid variants(Variant... variants) {
        return over(List.of(variants), (e, variant) -> e.withConfig(config -> config.withVariant(variant)));
    }

    /** Each seed. */
    public Grid seeds(long... seeds) {
        return over(LongStream.of(seeds).boxed().toList(), Experiment::withSeed);
    }

    /** Each experiment with the ensemble score too, over so many samples. */
    public Grid ensemble(int samples) {
        return over(List.of(samples), Experiment::withEnsemble);
    }

    /**
     * Each value of any setting.
     *
     * @param key its name in the store's JSON, such as {@code loss.threshold}, {@code epochs} or {@code ratios.pollution}
     * @throws IllegalArgumentException if there is no such setting, or it refuses a value
     */
    public Grid settings(String key, List<String> values) {
        return over(values, (e, value) -> SettingPath.set(e, key, value));
    }

    /** The rows of Table 5. */
    public Grid ablations() {
        return over(List.of(Ablation.values()), (e, row) -> row.of(e));
    }

    /** The same in another precision of the networks. */
    public Grid precision(Precision numbers) {
        return over(List.of(numbers), (e, precision) -> e.withConfig(config -> config.withPrecision(precision)));
    }

    /** Each number of prototypes K. */
    public Grid prototypes(int... counts) {
        return over(IntStream.of(counts).boxed().toList(), (e, k) -> e.withConfig(config -> config.withPrototypes(k)));
    }

    /** Each sampling threshold η. */
    public Grid thresholds(double... values) {
        return over(values, (e, eta) -> withLoss(e, loss -> loss.withThreshold(eta)));
    }

    /** Each temperature τ. */
    public Grid temperatures(double... values) {
        return over(values, (e, tau) -> withLoss(e, loss -> loss.withTemperature(tau)));
    }

    /** Each λ₁. */
    public Grid prototypeWeights(double... values) {
        return over(values, (e, lambda) -> withLoss(e, loss -> loss.withPrototypeWeight(lambda)));
    }

    /** Each λ₂. */
    public Grid abnormalWeights(double... values) {
        return over(values, (e, lambda) -> withLoss(e, loss -> loss.withAbnormalWeight(lambda)));
    }

    /** Those of its experiments that belong to one row of Table 5. */
    public Grid only(Ablation row) {
        return new Grid(experiments.stream().filter(row::describes).toList());
    }

    /**
     * Every count-th experiment, by its place in this grid: together the shards are the grid, whatever is done of it already.
     *
     * @param index from 1 to count
     */
    public Grid shard(int index, int count) {
        if (index < 1 || index > count) {
            throw new IllegalArgumentException("shard is %d of %d; give 1 to the number of shards".formatted(index, count));
        }
        return new Grid(IntStream.range(0, size()).filter(i -> i % count == index - 1).mapToObj(experiments::get).toList());
    }

    /** How many experiments there are. */
    public int size() {
        return experiments.size();
    }

    private Grid over(double[] values, BiFunction<Experiment, Double, Experiment> change) {
        return over(Arrays.stream(values).boxed().toList(), change);
    }

    private static Experiment withLoss(Experiment experiment, UnaryOperator<LossConfig> change) {
        return experiment.withConfig(config -> config.withLoss(change.apply(config.loss())));
    }
}
