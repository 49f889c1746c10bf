package org.hscl.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class RunsTest {

    static final Path FOLDER = Path.of("src/test/resources/kept/results");

    private final Runs runs = Runs.of(FOLDER);

    @Test
    void whatIsAlikeIsSaidOnceAndWhatDiffersIsAColumn() {
        List<String> columns = runs.table().columnNames();
        assertEquals(8, runs.table().rowCount());
        assertFalse(columns.contains("data set"), columns.toString());
        assertTrue(runs.alike().startsWith("data set "), runs.alike());
        assertTrue(columns.containsAll(List.of("normal", "method", "AUROC", "id")), columns.toString());
    }

    @Test
    void eachRunHasACurveOfItsLossesWhereTheyWereKept() {
        assertEquals(8, Notebook.html(runs).split("data:image/svg", -1).length - 1);
        assertEquals(2, runs.losses(0).orElseThrow().length);
        assertTrue(Runs.sparkline(new double[] {3, 1, 2}).contains("points=\"2,2 50,20 98,11\""), Runs.sparkline(new double[] {3, 1, 2}));
    }

    @Test
    void twoRunsAreComparedByTheirSettings() {
        Table settings = runs.settings();
        String first = settings.getString(0, "id");
        String second = settings.getString(1, "id");
        Table differences = runs.differences(first.substring(0, 6), second);
        assertTrue(differences.rowCount() > 0);
        for (int row = 0; row < differences.rowCount(); row++) {
            String name = differences.getString(row, 0).replaceFirst("^config\\.", "");
            assertEquals(settings.getString(0, name), differences.getString(row, 1), name);
            assertEquals(settings.getString(1, name), differences.getString(row, 2), name);
        }
        assertTrue(assertThrows(IllegalArgumentException.class, () -> runs.differences(first, "nothing")).getMessage()
                .contains("has the id 'nothing'"));
        assertEquals(0, runs.differences(first, first).rowCount());
    }
}
