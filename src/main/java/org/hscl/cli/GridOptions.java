package org.hscl.cli;

import java.util.List;
import org.hscl.baseline.Methods;
import org.hscl.data.DataSets;
import org.hscl.experiment.Grid;
import org.hscl.experiment.Presets;
import org.hscl.experiment.Size;
import org.hscl.scenario.OneClass;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which experiments a grid has: a preset's, or HSCL on a data set, varied by these options. */
final class GridOptions {

    @Option(names = "--size", paramLabel = "SIZE",
            description = "smoke (seconds a run), cpu (minutes) or gpu-full (the paper's protocol); default: HSCL_SIZE, else cpu.")
    private @Nullable String size;

    @Option(names = "--methods", paramLabel = "NAME", split = ",",
            description = "These methods in place of the preset's, by name, with commas between.")
    private List<String> methods = List.of();

    @Option(names = "--data", paramLabel = "NAME", split = ",", description = "These data sets in place of the preset's.")
    private List<String> dataSets = List.of();

    @Option(names = "--set", paramLabel = "KEY=VALUE,…",
            description = "Each of these values of a setting, such as loss.threshold=0.2,0.4 or ratios.pollution=0.05; may be repeated.")
    private List<String> settings = List.of();

    @Option(names = {"--normals", "--normal"}, paramLabel = "CLASS", split = ",",
            description = "These normal classes in place of the preset's, by name or number.")
    private List<String> normals = List.of();

    @Option(names = "--seeds", paramLabel = "N", split = ",", description = "These seeds in place of the preset's.")
    private List<Long> seeds = List.of();

    @Mixin
    private BackboneOptions backbone = new BackboneOptions();

    /**
     * The preset's grid with other methods, data sets, classes and seeds.
     *
     * @param preset its name; without one HSCL on the data set
     * @param needed whether one of the two must be given
     */
    Grid of(@Nullable String preset, boolean needed) {
        Grid grid = base(preset, needed);
        if (!dataSets.isEmpty()) {
            dataSets.stream().filter(name -> !DataSets.names().contains(name)).findFirst().ifPresent(name -> {
                throw new IllegalArgumentException("There is no data set '%s'; choose one of %s"
                        .formatted(name, String.join(", ", DataSets.names())));
            });
            grid = grid.dataSets(dataSets.toArray(String[]::new));
        }
        if (!normals.isEmpty()) {
            grid = grid.normals(normals);
        }
        if (backbone.isGiven()) {
            grid = grid.onFeatures(backbone.experiment());
        }
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException("--set is '%s'; give it as loss.threshold=0.2,0.4".formatted(setting));
            }
            grid = grid.settings(parts[0], List.of(parts[1].split(",")));
        }
        if (!methods.isEmpty()) {
            grid = grid.methods(methods.stream().map(name -> methodNamed(name.strip())).toArray(String[]::new));
        }
        return seeds.isEmpty() ? grid : grid.seeds(seeds.stream().mapToLong(Long::longValue).toArray());
    }

    private String methodNamed(String name) {
        return backbone.isGiven() ? backbone.nameOf(name) : Methods.named(name).name();
    }

    private Grid base(@Nullable String preset, boolean needed) {
        String name = size;
        Size wanted = name == null ? Size.current() : Size.named(name);
        if (preset != null) {
            return Presets.named(preset, wanted);
        }
        if (dataSets.isEmpty() && needed) {
            throw new IllegalArgumentException(
                    "There is neither a preset nor --data; give one of %s, or --data".formatted(String.join(", ", Presets.names())));
        }
        return Grid.of(wanted.experiment("digits", OneClass.defaults())); // --data replaces the name
    }
}
