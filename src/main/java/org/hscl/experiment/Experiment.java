package org.hscl.experiment;

import java.util.function.UnaryOperator;
import org.hscl.baseline.Methods;
import org.hscl.model.Precision;
import org.hscl.scenario.OneClass;
import org.hscl.train.HsclConfig;
import org.jspecify.annotations.Nullable;

/**
 * One run: everything that decides its result.
 *
 * @param dataSet a name that {@link org.hscl.data.DataSets#named(String)} knows
 * @param cell which images are normal, labeled, unlabeled
 * @param method a name that {@link Methods#named(String)} knows, or on features {@link org.hscl.features.FeatureMethods#named}
 * @param config settings of the training
 * @param seed the one seed of the split and of the training; those in {@code cell} and {@code config} follow it
 * @param ensembleSamples samples of the ensemble score beside that of Eq. 9, 0 for none; released 10
 * @param features the frozen network whose features the method learns on; null where it learns from pictures
 */
public record Experiment(
        String dataSet, Cell cell, String method, HsclConfig config, long seed, int ensembleSamples, @Nullable OnFeatures features) {

    /** Hands the seed down. */
    public Experiment {
        if (ensembleSamples < 0) {
            throw new IllegalArgumentException(
                    "ensembleSamples is " + ensembleSamples + "; give at least 0 (released: 10)");
        }
        cell = cell.withSeed(seed);
        config = config.withSeed(seed);
    }

    /** HSCL on one cell of scenario 1 or 2, seed 1, scored by Eq. 9. */
    public static Experiment of(String dataSet, OneClass cell, HsclConfig config) {
        return new Experiment(dataSet, new Cell.OfOneClass(cell), Methods.HSCL, config, 1, 0, null);
    }

    /** 12 hexadecimal digits: the same on every machine and for ever, also when later versions have more settings. */
    public String id() {
        return ExperimentId.of(this);
    }

    /** One line for progress and failures. */
    public String label() {
        Place place = Place.of(this);
        String terms = place.isFullModel() ? "" : ", " + place.terms();
        Precision precision = config.encoder().precision();
        String numbers = precision == Precision.FLOAT32 ? "" : ", " + precision.label();
        return "%s, %s: %s%s%s, seed %s".formatted(dataSet, cell.label(dataSet), place.method(), terms, numbers, seed);
    }

    /** Another data set. */
    public Experiment withDataSet(String name) {
        return new Experiment(name, cell, method, config, seed, ensembleSamples, features);
    }

    /** Another cell. */
    public Experiment withCell(Cell other) {
        return new Experiment(dataSet, other, method, config, seed, ensembleSamples, features);
    }

    /**
     * Another cell of scenario 1 or 2.
     *
     * @throws IllegalArgumentException if this is an experiment of scenario 3
     */
    public Experiment withOneClass(UnaryOperator<OneClass> change) {
        return withCell(new Cell.OfOneClass(change.apply(oneClass())));
    }

    /** The settings of scenario 1 or 2. */
    OneClass oneClass() {
        if (cell instanceof Cell.OfOneClass one) {
            return one.settings();
        }
        throw new IllegalArgumentException(label() + " has no normal class to change; use a cell of scenario 1 or 2");
    }

    /** Another method. */
    public Experiment withMethod(String name) {
        return new Experiment(dataSet, cell, name, config, seed, ensembleSamples, features);
    }

    /** Another configuration. */
    public Experiment withConfig(UnaryOperator<HsclConfig> change) {
        return new Experiment(dataSet, cell, method, change.apply(config), seed, ensembleSamples, features);
    }

    /** Another seed. */
    public Experiment withSeed(long number) {
        return new Experiment(dataSet, cell, method, config, number, ensembleSamples, features);
    }

    /** The ensemble score too, over so many samples; 0 for none. */
    public Experiment withEnsemble(int samples) {
        return new Experiment(dataSet, cell, method, config, seed, samples, features);
    }

    /** On the features of a frozen network. */
    public Experiment withFeatures(OnFeatures network) {
        return new Experiment(dataSet, cell, method, config, seed, ensembleSamples, network);
    }
}
