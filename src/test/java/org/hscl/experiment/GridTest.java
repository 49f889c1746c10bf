package org.hscl.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hscl.data.Json;
import org.hscl.scenario.CrossDataset;
import org.hscl.scenario.OneClass;
import org.hscl.train.HsclConfig;
import org.junit.jupiter.api.Test;

class GridTest {

    private static final Experiment BASE = Experiment.of("digits", OneClass.defaults(), HsclConfig.small());

    @Test
    void anExperimentKeepsItsIdThroughJson() {
        Experiment read = Json.read(Json.pretty(BASE), Experiment.class, "a test");
        assertEquals(BASE, read);
        assertEquals(BASE.id(), read.id());
        Experiment crossed = BASE.withCell(new Cell.OfCrossDataset(CrossDataset.defaults()));
        assertEquals(crossed, Json.read(Json.line(crossed), Experiment.class, "a test"));
    }

    /** Results on disk are found by these. */
    @Test
    void idsAreThoseOfTheFirstFormat() {
        assertEquals("373d649faf20", BASE.id());
        assertEquals("f48dedbd6769", BASE.withCell(new Cell.OfCrossDataset(CrossDataset.defaults())).id());
    }

    @Test
    void aSettingThatCameLaterCountsOnlyWhereItDiffersFromItsDefault() {
        Map<String, Object> first = Map.of("config", Map.of("epochs", 20, "seed", 1));
        Map<String, Object> defaults = Map.of("config", Map.of("epochs", 250, "seed", 1, "precision", "FLOAT32"));
        Map<String, Object> usual = Map.of("config", Map.of("epochs", 20, "seed", 1, "precision", "FLOAT32"));
        assertEquals(first, ExperimentId.counted(usual, defaults));
        Map<String, Object> other = Map.of("config", Map.of("epochs", 20, "seed", 1, "precision", "BFLOAT16"));
        assertEquals(other, ExperimentId.counted(other, defaults));
    }

    @Test
    void everyAxisMakesAnotherId() {
        Grid grid = Grid.of(BASE)
                .plus(Grid.of(BASE).dataSets("mnist"))
                .plus(Grid.of(BASE).normals(1))
                .plus(Grid.of(BASE).labeledRatios(0.10))
                .plus(Grid.of(BASE).pollutionRatios(0.05))
                .plus(Grid.of(BASE).methods("CSI"))
                .plus(Grid.of(BASE).seeds(2))
                .plus(Grid.of(BASE).prototypes(2))
                .plus(Grid.of(BASE).thresholds(0.3))
                .plus(Grid.of(BASE).temperatures(0.3))
                .plus(Grid.of(BASE).prototypeWeights(0.3))
                .plus(Grid.of(BASE).abnormalWeights(0.3))
                .plus(Grid.of(BASE).ensemble(3));
        Set<String> ids = grid.experiments().stream().map(Experiment::id).collect(Collectors.toSet());
        assertEquals(13, ids.size());
    }

    @Test
    void theSeedOfAnExperimentDecidesSplitAndTraining() {
        Experiment other = BASE.withSeed(7);
        assertEquals(7, other.config().seed());
        assertEquals(7, other.oneClass().draw().seed());
        assertNotEquals(BASE.id(), other.id());
    }

    @Test
    void axesMultiplyAndRepetitionsAreDropped() {
        Grid grid = Grid.of(BASE).normals(0, 1, 2).seeds(1, 2).thresholds(0.4, 0.6);
        assertEquals(12, grid.size());
        assertEquals(grid, grid.plus(Grid.of(BASE).normals(1)));
    }

    @Test
    void labeledAnomaliesNeverComeFromTheNormalClass() {
        for (Experiment experiment : Grid.of(BASE).normals(0, 9).eachLabeledAnomaly(10).experiments()) {
            assertNotEquals(experiment.oneClass().normal(), experiment.oneClass().labeledAnomalies());
        }
        assertEquals(List.of("0"), Grid.of(BASE).normals(9).nextLabeledAnomaly(10).experiments().get(0).oneClass().labeledAnomalies());
    }

    @Test
    void thePresetsAreThePapersProtocol() {
        assertEquals(3 * 90, Presets.named("scenario1-full", Size.SMOKE).size());
        assertEquals(3 * (10 + 20 + 10), Presets.named("scenario2-full", Size.SMOKE).size());
        assertEquals(6 * (10 + 20 + 10), Presets.named("table5-full", Size.SMOKE).size());
        assertEquals(7, Presets.named("sweep-threshold", Size.CPU).size());
        assertEquals(8, Presets.named("sweep-prototypes", Size.CPU).size());
        assertEquals(5 + 5 * 3, Presets.named("quality", Size.CPU).size());
        assertEquals(10, Presets.named("elsa10", Size.CPU).size());
        Experiment full = Presets.named("scenario1-full", Size.SMOKE).experiments().get(0);
        assertEquals(HsclConfig.defaults(), full.config());
        assertEquals(0, full.oneClass().perClass());
        assertTrue(Presets.named("ablations", Size.SMOKE).size() == 12);
        assertThrows(IllegalArgumentException.class, () -> Presets.named("nothing", Size.CPU));
    }

    @Test
    void anAblationIsNamedAsInTable5() {
        List<String> names = Grid.ablations(BASE).experiments().stream().map(Place::of).map(Place::terms).toList();
        assertEquals(
                List.of("Full model", "w/o S-S", "w/o S-P", "w/o N-A", "w/o pos in S-P", "w/o neg in S-P"), names);
    }

    @Test
    void theRowsOfTable5DivideAGrid() {
        Grid grid = Presets.named("ablations", Size.CPU);
        Grid rows = new Grid(List.of());
        for (Ablation row : Ablation.values()) {
            assertEquals(5, grid.only(row).size(), row.label());
            rows = rows.plus(grid.only(row));
        }
        assertEquals(Set.copyOf(grid.experiments()), Set.copyOf(rows.experiments()));
        assertEquals(List.of(), Grid.of(BASE).methods("CSI").only(Ablation.FULL).experiments());
    }

    @Test
    void aRunIsCalledByTheNamesOfItsClassesAndKeepsItsId() {
        Experiment numbered = BASE.withDataSet("fashion-mnist").withOneClass(cell -> cell.withNormal(5).withLabeledAnomalies("8"));
        assertTrue(numbered.label().contains("normal Sandal, "), numbered.label());
        assertTrue(numbered.label().contains("labeled anomalies Bag"), numbered.label());
        assertEquals(List.of("5"), numbered.oneClass().normal());
    }

    @Test
    void scenario3HasNoNormalClassToChange() {
        Experiment crossed = BASE.withCell(new Cell.OfCrossDataset(CrossDataset.defaults()));
        assertFalse(crossed.label().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> Grid.of(crossed).normals(1));
    }

    @Test
    void aSizeIsFoundByName() {
        assertEquals(Size.GPU_FULL, Size.named(" GPU-full"));
        assertThrows(IllegalArgumentException.class, () -> Size.named("huge"));
    }
}
