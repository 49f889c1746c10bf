package org.hscl.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.hscl.data.DataSets;
import org.hscl.scenario.OneClass;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class AblationTableTest {

    private static final Grid GRID = Grid.of(Size.CPU.experiment("fashion-mnist", OneClass.defaults())).normals(0, 2).ablations();

    /** Class 2 is ten points harder than class 0; without N-A both lose a little, class 2 more. */
    private static Result result(Experiment experiment) {
        boolean hard = experiment.oneClass().normal().contains("2");
        double loss = Ablation.WITHOUT_NORMAL_TO_ABNORMAL.describes(experiment) ? (hard ? 0.03 : 0.01) : 0;
        return ResultStoreTest.result(experiment, 0.9 - (hard ? 0.1 : 0) - loss);
    }

    @Test
    void aPartIsComparedWithTheFullModelClassByClass() {
        Table table = AblationTable.of(GRID.experiments().stream().map(AblationTableTest::result).toList());
        assertEquals(List.of("left out", "normal T-shirt/top", "normal Pullover", "mean", "against the full model (points)"), table.columnNames());
        assertEquals("Full model", table.getString(0, "left out"));
        assertEquals("0.0 ± 0.0 (2)", table.getString(0, "against the full model (points)"));
        int row = Ablation.WITHOUT_NORMAL_TO_ABNORMAL.ordinal();
        assertEquals("w/o N-A", table.getString(row, "left out"));
        assertEquals(77, table.doubleColumn("normal Pullover").get(row), 1e-9);
        assertEquals(83, table.doubleColumn("mean").get(row), 1e-9);
        assertEquals("-2.0 ± 1.4 (2)", table.getString(row, "against the full model (points)"));
    }

    @Test
    void classesThatWereGivenByNumberAreShownByName() {
        List<Result> results = GRID.experiments().stream().map(AblationTableTest::result).toList();
        assertEquals(List.of("T-shirt/top", "Pullover"), ResultTable.of(results).stringColumn("normal").asList().stream().distinct().toList());
        assertEquals("all", ResultTable.of(results).getString(0, "labeled anomalies"));
        assertEquals("deer", DataSets.className("CIFAR10", "4"));
        assertEquals("Bag", DataSets.className("fashion-mnist", "Bag"));
        assertEquals("4", DataSets.className("digits", "4"));
        assertEquals("12", DataSets.className("cifar10", "12"));
    }

    @Test
    void withoutItsFullModelARunHasNoDifference() {
        List<Result> results = GRID.only(Ablation.WITHOUT_PROTOTYPES).experiments().stream().map(AblationTableTest::result).toList();
        Table table = AblationTable.of(results);
        assertEquals(1, table.rowCount());
        assertEquals("–", table.getString(0, "against the full model (points)"));
    }
}
