package org.hscl.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hscl.scenario.OneClass;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class WorkloadTest {

    @Test
    void aPlanCountsRunsImagesAndHours() {
        Table plan = Workload.table(List.of("scenario3-full", "scenario2-full"), List.of(), 1000);
        assertEquals(3, plan.intColumn("runs").get(0));
        assertEquals(3 * 250 * 55_000 / 1e6, plan.doubleColumn("million training images").get(0), 0.06);
        assertEquals(3 * 250 * 55_000 / 1000.0 / 3600, plan.doubleColumn("hours left").get(0), 0.06);
        assertEquals(120, plan.intColumn("runs").get(1));
    }

    @Test
    void whatIsDoneIsNotLeft() {
        List<Result> done = Presets.named("figure4-full", Size.GPU_FULL).experiments().stream()
                .limit(7).map(experiment -> ResultStoreTest.result(experiment, 0.9)).toList();
        Table none = Workload.table(List.of("figure4-full"), List.of(), 100);
        Table half = Workload.table(List.of("figure4-full"), done, 100);
        assertEquals(14, half.intColumn("runs").get(0)); // η = 0.4 and K = 1 are one run
        assertEquals(7, half.intColumn("done").get(0));
        assertEquals(none.doubleColumn("hours left").get(0) / 2, half.doubleColumn("hours left").get(0), 0.11);
    }

    @Test
    void everyFullPresetCanBePlanned() {
        List<String> full = Presets.names().stream().filter(name -> name.endsWith("-full")).toList();
        assertTrue(Workload.table(full, List.of(), 1000).doubleColumn("hours left").min() > 0);
    }

    @Test
    void thePlannedTrainingSetIsTheOneThatASplitMakes() {
        for (OneClass scenario : List.of(OneClass.defaults(), OneClass.released(), OneClass.defaults().withLabeledAnomalies("2"))) {
            OneClass polluted = scenario.withPollutionRatio(0.10);
            assertEquals(polluted.split(Toys.data("toy")).train().count(), polluted.trainingImages(40, 2));
        }
    }

    @Test
    void aSpeedOfZeroIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Workload.table(List.of("figure4-full"), List.of(), 0));
    }
}
