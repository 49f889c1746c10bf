package org.hscl.experiment;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** How much there is to train in grids of full size, from what is known of the data sets; no data is needed. */
public final class Workload {

    private static final double SECONDS_PER_HOUR = 3600;

    /** Scenario 3's: all of CIFAR-10's training images, and half of ImageNet (FIX). */
    private static final int CROSS_DATASET_IMAGES = 50_000 + 5_000;

    private Workload() {}

    /**
     * Presets, with what is done and an estimate of what is left.
     *
     * @param presets names that {@link Presets#named} knows
     * @param done results that are there already
     * @param imagesPerSecond training images a second, as the line of progress and {@code hscl bench} give them; every method is
     *     counted as if it trained like HSCL, which the classical ones do not
     * @return a row a preset: runs, how many are done, training images in millions over all epochs of all runs, hours left
     * @throws IllegalArgumentException if {@code imagesPerSecond} is not positive, or a preset does not exist
     */
    public static Table table(List<String> presets, List<Result> done, double imagesPerSecond) {
        if (!(imagesPerSecond > 0)) {
            throw new IllegalArgumentException("imagesPerSecond is %s; give a speed above 0".formatted(imagesPerSecond));
        }
        Set<Experiment> finished = done.stream().map(Result::experiment).collect(Collectors.toSet());
        Table table = Table.create("Runs of the full protocol, at %.0f images/s (an estimate)".formatted(imagesPerSecond),
                StringColumn.create("preset"), IntColumn.create("runs"), IntColumn.create("done"),
                DoubleColumn.create("million training images"), DoubleColumn.create("hours left"));
        for (String preset : presets) {
            List<Experiment> experiments = Presets.named(preset, Size.GPU_FULL).experiments();
            List<Experiment> open = experiments.stream().filter(experiment -> !finished.contains(experiment)).toList();
            table.stringColumn(0).append(preset);
            table.intColumn(1).append(experiments.size());
            table.intColumn(2).append(experiments.size() - open.size());
            table.doubleColumn(3).append(tenths(images(experiments) / 1e6));
            table.doubleColumn(4).append(tenths(images(open) / imagesPerSecond / SECONDS_PER_HOUR));
        }
        return table;
    }

    /** Training images over all epochs. */
    private static double images(List<Experiment> experiments) {
        return experiments.stream().mapToDouble(Workload::images).sum();
    }

    /** Training images over all epochs; of an unknown data set that is not cut, those of one like CIFAR-10. */
    static double images(Experiment experiment) {
        return (double) experiment.config().epochs() * imagesPerEpoch(experiment);
    }

    private static double tenths(double number) {
        return Math.round(10 * number) / 10.0;
    }

    private static int imagesPerEpoch(Experiment experiment) {
        if (experiment.cell() instanceof Cell.OfOneClass one) {
            boolean superclass = experiment.dataSet().equals("cifar100");
            int size = switch (experiment.dataSet()) {
                case "digits" -> 126;
                case "lsun" -> 800;
                case "cifar100" -> 2_500;
                case "fashion-mnist", "mnist" -> 6_000;
                case "svhn" -> 7_300;
                default -> 5_000;
            };
            int limit = one.settings().perClass() * (superclass ? 5 : 1);
            int images = (limit == 0 ? size : Math.min(size, limit)) * one.settings().normal().size();
            return one.settings().trainingImages(images, superclass ? 95 : 9);
        }
        int limit = ((Cell.OfCrossDataset) experiment.cell()).settings().limit();
        return limit == 0 ? CROSS_DATASET_IMAGES : 2 * limit;
    }
}
