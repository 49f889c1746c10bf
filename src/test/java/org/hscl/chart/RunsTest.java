package org.hscl.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void aTrainingOfOneEpochIsADot() {
        String dot = Runs.sparkline(new double[] {3});
        assertTrue(dot.contains("<circle cx=\"50\" cy=\"11\" r=\"2.5\"") && !dot.contains("polyline"), dot);
        assertEquals(dot, Runs.sparkline(new double[] {Double.NaN, 3}));
    }

    @Test
    void aHistoryWithoutRowsIsSaidInItsCell(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("history"));
        Files.copy(FOLDER.resolve("results.jsonl"), folder.resolve("results.jsonl"));
        List<Path> kept;
        try (Stream<Path> files = Files.list(FOLDER.resolve("history"))) {
            kept = files.sorted().toList();
        }
        for (Path file : kept) {
            Files.copy(file, folder.resolve("history").resolve(file.getFileName()));
        }
        List<String> first = Files.readAllLines(kept.get(0));
        Files.writeString(folder.resolve("history").resolve(kept.get(0).getFileName()), first.get(0) + "\n");
        Files.writeString(folder.resolve("history").resolve(kept.get(1).getFileName()), "");
        Files.write(folder.resolve("history").resolve(kept.get(2).getFileName()), first.subList(0, 2));
        String html = Notebook.html(Runs.of(folder));
        assertEquals(2, html.split("<td>no epoch in its history</td>", -1).length - 1, html);
        assertEquals(6, html.split("data:image/svg", -1).length - 1, html);
        assertTrue(html.contains("Settings in which runs differ (click to unfold)</summary>"), html);
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
