package org.hscl.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hscl.data.DataException;
import org.hscl.scenario.SampleState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultStoreTest {

    @TempDir
    Path folder;

    static Result result(Experiment experiment, double auroc) {
        Scores scores = new Scores(auroc, Map.of("middle", auroc));
        var run = new Result.Circumstances(Map.of(SampleState.UNLABELED_NORMAL, 3), 30, "CPU", Map.of("java", "17"), 1.5, 0.5,
                "2024-01-01T00:00:00Z", Optional.empty(), List.of());
        return new Result(experiment.id(), experiment, Optional.of(scores), Optional.empty(), Optional.empty(), run);
    }

    /** Of a method that trains. */
    static Result trained(Experiment experiment, double auroc) {
        Result result = result(experiment, auroc);
        var run = new Result.Circumstances(Map.of(SampleState.UNLABELED_NORMAL, 3), 30, "CPU", Map.of("java", "17"), 1.5, 0.5,
                "2024-01-01T00:00:00Z", Optional.of("history/" + experiment.id() + ".csv"), List.of());
        return new Result(result.id(), experiment, result.scores(), Optional.empty(), Optional.empty(), run);
    }

    private static Result of(int seed) {
        return result(Toys.seeds(seed).experiments().get(seed - 1), 0.5 + seed / 100.0);
    }

    @Test
    void aFolderWithoutResultsIsEmptyForWhoeverOnlyLooks() {
        assertEquals(List.of(), ResultStore.readIfThere(folder));
        try (ResultStore store = ResultStore.open(folder)) {
            store.append(of(1));
        }
        assertEquals(List.of(of(1)), ResultStore.readIfThere(folder));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        try (ResultStore store = ResultStore.open(folder)) {
            store.append(of(1));
            store.append(of(2));
        }
        assertEquals(List.of(of(1), of(2)), ResultStore.read(folder));
    }

    @Test
    void aFileOfTheUsersIsRefusedAndStays() throws IOException {
        Path file = Files.writeString(folder.resolve("results.jsonl"), "notes without a line break");
        assertThrows(DataException.class, () -> ResultStore.open(folder));
        assertEquals("notes without a line break", Files.readString(file));
    }

    @Test
    void anUnfinishedLastLineIsDroppedAndTheNextResultStartsALine() throws IOException {
        try (ResultStore store = ResultStore.open(folder)) {
            store.append(of(1));
            store.append(of(2));
        }
        Path file = folder.resolve("results.jsonl");
        byte[] whole = Files.readAllBytes(file);
        long first = Files.readAllLines(file).get(0).getBytes(StandardCharsets.UTF_8).length + 1;
        for (long length : new long[] {first + 1, (first + whole.length) / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, (int) length));
            assertEquals(List.of(of(1)), ResultStore.read(folder));
            try (ResultStore store = ResultStore.open(folder)) {
                assertEquals(List.of(of(1)), store.all());
                store.append(of(3));
            }
            assertEquals(List.of(of(1), of(3)), ResultStore.read(folder));
        }
    }

    @Test
    void aDamagedEarlierLineIsNamed() throws IOException {
        Path file = folder.resolve("results.jsonl");
        try (ResultStore store = ResultStore.open(folder)) {
            store.append(of(1));
        }
        Files.writeString(file, "{\"id\": 3,\n", StandardOpenOption.APPEND);
        DataException error = assertThrows(DataException.class, () -> ResultStore.open(folder));
        assertTrue(error.getMessage().contains("results.jsonl, line 2"), error.getMessage());
    }

    @Test
    void theLaterOfTwoResultsCounts() {
        Experiment experiment = of(1).experiment();
        try (ResultStore store = ResultStore.open(folder)) {
            store.append(result(experiment, 0.6));
            store.append(of(2));
            store.append(result(experiment, 0.7));
            assertEquals(List.of(result(experiment, 0.7), of(2)), store.all());
        }
        assertEquals(List.of(result(experiment, 0.7), of(2)), ResultStore.read(folder));
    }

    @Test
    void onlyOneGridWritesToAFolder() {
        try (ResultStore store = ResultStore.open(folder)) {
            store.append(of(1));
            Exception error = assertThrows(UncheckedIOException.class, () -> ResultStore.open(folder));
            assertTrue(error.getMessage().contains("another grid is writing to it"), error.getMessage());
            assertEquals(1, ResultStore.read(folder).size());
        }
        ResultStore.open(folder).close();
    }

    private static Result finished(Result result, String moment) {
        Result.Circumstances run = result.circumstances();
        return new Result(result.id(), result.experiment(), result.scores(), result.ensemble(), result.failure(),
                new Result.Circumstances(run.counts(), run.testImages(), run.device(), run.versions(), run.trainSeconds(),
                        run.scoreSeconds(), moment, run.historyFile(), run.notes()));
    }

    @Test
    void severalWritersHaveAFileEachAndAllAreRead() throws IOException {
        try (ResultStore whole = ResultStore.open(folder);
                ResultStore one = ResultStore.openPart(folder, "1of2");
                ResultStore again = ResultStore.openPart(folder, "1of2")) {
            whole.append(of(1));
            one.append(of(2));
            again.append(of(3));
        }
        ResultStore.openPart(folder, "unused").close();
        assertEquals(List.of(of(1), of(2), of(3)), ResultStore.read(folder));
        try (ResultStore whole = ResultStore.open(folder); ResultStore part = ResultStore.openPart(folder, "2of2")) {
            assertEquals(3, whole.all().size());
            assertEquals(3, part.all().size());
        }
        try (var files = Files.list(folder)) {
            assertEquals(3, files.count());
        }
    }

    @Test
    void ofTwoFilesTheResultThatFinishedLaterCounts() {
        Experiment experiment = of(1).experiment();
        Result early = finished(result(experiment, 0.6), "2024-01-01T00:00:00.001Z");
        Result late = finished(result(experiment, 0.7), "2024-01-01T00:00:00.002Z");
        try (ResultStore a = ResultStore.openPart(folder, "a"); ResultStore b = ResultStore.openPart(folder, "b")) {
            a.append(late);
            b.append(early);
        }
        assertEquals(List.of(late), ResultStore.read(folder));
    }

    @Test
    void anUnfinishedLineOfAPartIsPassedOverAndItsFileLeftToItsWriter() throws IOException {
        Path part = folder.resolve("results-1of2-1.jsonl");
        Files.writeString(part, "{\"id\":\"abc");
        assertEquals(List.of(), ResultStore.read(folder));
        try (ResultStore store = ResultStore.open(folder)) {
            store.append(of(1));
        }
        assertEquals("{\"id\":\"abc", Files.readString(part));
        assertEquals(List.of(of(1)), ResultStore.read(folder));
    }
}
