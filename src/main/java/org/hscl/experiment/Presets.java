package org.hscl.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hscl.baseline.Method;
import org.hscl.baseline.Methods;
import org.hscl.loss.Variant;
import org.hscl.model.Precision;
import org.hscl.scenario.CrossDataset;
import org.hscl.scenario.OneClass;
import org.hscl.train.HsclConfig;

/** Grids by name: the paper's tables and figures, and this project's own measurements on Fashion-MNIST. */
public final class Presets {

    private static final String FASHION = "fashion-mnist";
    private static final int[] TEN = IntStream.range(0, 10).toArray();
    /** The five normal classes of the quality measurement: T-shirt, pullover, sandal, shirt, bag. */
    private static final int[] FIVE = {0, 2, 5, 6, 8};
    private static final int RELEASED_ENSEMBLE = 10;

    /** As the data set's own list names them, so that a grid can be made before the data is there. */
    private static final List<String> CIFAR100_SUPERCLASSES = List.of(
            ("aquatic_mammals fish flowers food_containers fruit_and_vegetables household_electrical_devices"
                            + " household_furniture insects large_carnivores large_man-made_outdoor_things"
                            + " large_natural_outdoor_scenes large_omnivores_and_herbivores medium_mammals"
                            + " non-insect_invertebrates people reptiles small_mammals trees vehicles_1 vehicles_2")
                    .split(" "));

    private static final Map<String, Function<Size, Grid>> GRIDS = grids();

    private Presets() {}

    /** A new preset is one line here. */
    private static Map<String, Function<Size, Grid>> grids() {
        Map<String, Function<Size, Grid>> grids = new LinkedHashMap<>();
        grids.put("quality", Presets::quality);
        grids.put("precision", Presets::precision);
        grids.put("baselines", size -> five(size).methods(methodNames()));
        grids.put("ablations", size -> five(size).ablations());
        grids.put("elsa10", size ->
                Grid.of(clean(FASHION, size)).normals(size.normals(TEN)).nextLabeledAnomaly(TEN.length));
        grids.put("sweep-threshold", size -> Grid.thresholds(contaminated(FASHION, size)));
        grids.put("sweep-prototypes", size -> Grid.prototypes(contaminated(FASHION, size)));
        grids.put("sweep-temperature", size -> Grid.of(contaminated(FASHION, size)).temperatures(0.1, 0.2, 0.5, 1));
        grids.put("sweep-weights", size ->
                Grid.of(contaminated(FASHION, size)).prototypeWeights(0.5, 1, 2).abnormalWeights(0.5, 1, 2));
        grids.put("sweep-labels", size -> Grid.of(clean(FASHION, size)).labeledRatios(0.01, 0.05, 0.10));
        grids.put("sweep-pollution", size -> Grid.of(clean(FASHION, size)).pollutionRatios(0, 0.05, 0.10));
        grids.put("scenario1-full", size -> scenario1("cifar10"));
        grids.put("scenario1-fashion-full", size -> scenario1(FASHION));
        grids.put("scenario2-full", size -> scenario2());
        grids.put("table2-full", size -> tenClasses("cifar10", 0, 0.05, 0.10).methods(methodNames()));
        grids.put("scenario3-full", size -> scenario3());
        grids.put("table5-full", size ->
                tenClasses("cifar10", 0.10).plus(superclasses(0.10)).plus(tenClasses("lsun", 0.10)).ablations());
        grids.put("figure4-full", size -> Grid.thresholds(contaminated("cifar10", Size.GPU_FULL))
                .plus(Grid.prototypes(contaminated("cifar10", Size.GPU_FULL))));
        return grids;
    }

    /** The names that {@link #named} knows. */
    public static List<String> names() {
        return List.copyOf(GRIDS.keySet());
    }

    /**
     * A grid.
     *
     * @param name one of {@link #names()}
     * @param size how large its runs are; those whose name ends in {@code -full} are always of full size
     * @throws IllegalArgumentException if there is no such preset
     */
    public static Grid named(String name, Size size) {
        Function<Size, Grid> grid = GRIDS.get(name);
        if (grid == null) {
            throw new IllegalArgumentException(
                    "There is no grid '%s'; choose one of %s".formatted(name, String.join(", ", names())));
        }
        return grid.apply(size);
    }

    /** The default variant, and the released one with its ensemble over three seeds, on five classes by the released rule. */
    private static Grid quality(Size size) {
        Grid base = five(size);
        return base.plus(base.variants(Variant.RELEASED).ensemble(RELEASED_ENSEMBLE).seeds(size.seeds()));
    }

    /** Whether bfloat16 costs quality: both precisions, seed after seed, so that a part of the grid is balanced too. */
    private static Grid precision(Size size) {
        OneClass cell = OneClass.released().withPollutionRatio(0.10);
        return Grid.of(size.experiment(FASHION, cell))
                .seeds(size.seeds())
                .over(List.of(Precision.values()), (e, numbers) -> e.withConfig(config -> config.withPrecision(numbers)))
                .normals(size.normals(FIVE));
    }

    /** HSCL on five normal classes of Fashion-MNIST, γ_l = .05, γ_p = .10, drawn and counted as the released code does. */
    private static Grid five(Size size) {
        OneClass cell = OneClass.released().withPollutionRatio(0.10);
        return Grid.of(size.experiment(FASHION, cell)).normals(size.normals(FIVE));
    }

    private static String[] methodNames() {
        return Methods.all().stream().map(Method::name).toArray(String[]::new);
    }

    private static Experiment clean(String dataSet, Size size) {
        return size.experiment(dataSet, OneClass.defaults());
    }

    private static Experiment contaminated(String dataSet, Size size) {
        return size.experiment(dataSet, OneClass.defaults().withPollutionRatio(0.10));
    }

    /** Table 1: 90 runs for each γ_l. */
    private static Grid scenario1(String dataSet) {
        return Grid.of(clean(dataSet, Size.GPU_FULL))
                .labeledRatios(0.01, 0.05, 0.10)
                .normals(TEN)
                .eachLabeledAnomaly(TEN.length);
    }

    /** Tables 2 and 3: every normal class of three data sets, clean and contaminated. */
    private static Grid scenario2() {
        double[] pollution = {0, 0.05, 0.10};
        return tenClasses("cifar10", pollution).plus(superclasses(pollution)).plus(tenClasses("lsun", pollution));
    }

    private static Grid tenClasses(String dataSet, double... pollution) {
        return Grid.of(clean(dataSet, Size.GPU_FULL)).pollutionRatios(pollution).normals(TEN);
    }

    private static Grid superclasses(double... pollution) {
        return Grid.of(clean("cifar100", Size.GPU_FULL)).pollutionRatios(pollution).normals(CIFAR100_SUPERCLASSES);
    }

    /** Table 4. */
    private static Grid scenario3() {
        Cell cell = new Cell.OfCrossDataset(CrossDataset.defaults());
        return Grid.of(new Experiment("cifar10", cell, Methods.HSCL, HsclConfig.defaults(), 1, 0, null))
                .seeds(Size.GPU_FULL.seeds());
    }
}
