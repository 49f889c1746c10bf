package org.hscl.experiment;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.hscl.baseline.Methods;
import org.hscl.scenario.CrossDataset;
import org.hscl.scenario.OneClass;
import org.hscl.train.HsclConfig;
import org.hscl.train.OptimizerConfig;

/** How large runs are: one word for a notebook, a test or a command. */
public enum Size {
    /** Seconds a run on two cores: that everything works, not how well. */
    SMOKE(HsclConfig.small().withWidth(4).withEpochs(1).withBatchSize(16)
            .withOptimizer(OptimizerConfig.defaults().withWarmupEpochs(0)), 90, 100, 2, 1),
    /** Minutes a run on a laptop: width 16, 20 epochs, the first 600 images a class, the first 2,000 test images. */
    CPU(HsclConfig.small(), 600, 2000, 10, 3),
    /** The paper's protocol, for a GPU: width 64, 250 epochs, batches of 256, all images, classes and seeds. */
    GPU_FULL(HsclConfig.defaults(), 0, 0, Integer.MAX_VALUE, 3);

    private final HsclConfig config;
    private final int perClass;
    private final int testLimit;
    private final int classes;
    private final int seeds;

    Size(HsclConfig config, int perClass, int testLimit, int classes, int seeds) {
        this.config = config;
        this.perClass = perClass;
        this.testLimit = testLimit;
        this.classes = classes;
        this.seeds = seeds;
    }

    /** The size that the system property {@code hscl.size} names, else the environment variable {@code HSCL_SIZE}, else CPU. */
    public static Size current() {
        String chosen = System.getProperty("hscl.size", System.getenv("HSCL_SIZE"));
        return chosen == null || chosen.isBlank() ? CPU : named(chosen);
    }

    /**
     * A size.
     *
     * @param name {@code smoke}, {@code cpu} or {@code gpu-full}, in any case
     * @throws IllegalArgumentException if it is none of these
     */
    public static Size named(String name) {
        return Arrays.stream(values())
                .filter(size -> size.label().equals(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no size '%s'; choose one of %s".formatted(
                        name, Arrays.stream(values()).map(Size::label).collect(Collectors.joining(", ")))));
    }

    /** Its name: {@code smoke}, {@code cpu} or {@code gpu-full}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Width, epochs and batch size; the rest as in the paper. */
    public HsclConfig config() {
        return config;
    }

    /** A scenario with as many images as this size has. */
    public OneClass cell(OneClass scenario) {
        return scenario.withPerClass(perClass).withTestLimit(testLimit);
    }

    /** Scenario 3 with as many images of each set as this size has of a class. */
    public CrossDataset cell(CrossDataset scenario) {
        return scenario.withLimit(perClass);
    }

    /** As many of these normal classes as a grid of this size runs. */
    public int[] normals(int... all) {
        return Arrays.copyOf(all, Math.min(all.length, classes));
    }

    /** The seeds of a grid of this size, from 1. */
    public long[] seeds() {
        return LongStream.rangeClosed(1, seeds).toArray();
    }

    /** HSCL on a cell of scenario 1 or 2 at this size. */
    public Experiment experiment(String dataSet, OneClass scenario) {
        return Experiment.of(dataSet, cell(scenario), config);
    }

    /** HSCL on scenario 3 at this size. */
    public Experiment experiment(String dataSet, CrossDataset scenario) {
        return new Experiment(dataSet, new Cell.OfCrossDataset(cell(scenario)), Methods.HSCL, config, 1, 0, null);
    }
}
