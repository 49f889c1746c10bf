package org.hscl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hscl.experiment.Result;
import org.hscl.experiment.ResultStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GridJobsTest {

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    private String[] grid(Path out, String seeds, String... more) {
        List<String> common = List.of("grid", "sweep-labels", "--out", out.toString(), "--size", "smoke", "--methods", "HSCL", "--data", "digits",
                "--normal", "3", "--seeds", seeds, "--device", "cpu", "--threads", "1");
        return Stream.concat(common.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private static int lines(Path out) throws Exception {
        int count = 0;
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                count += Files.readAllLines(file).size();
            }
        }
        return count;
    }

    @Test
    void aKilledWorkersRunIsTakenAgainAndEachResultIsThereOnce() throws Exception {
        Child parent = Child.start(elsewhere, Map.of(), List.of(), grid(folder, "1,2", "--jobs", "2"));
        ProcessHandle victim;
        do {
            Thread.onSpinWait();
            victim = parent.process().children().findFirst().orElse(null);
        } while (parent.process().isAlive() && (victim == null || ResultStore.readIfThere(folder).isEmpty()));
        assertTrue(victim != null && victim.destroyForcibly(), parent::errors);
        String printed = parent.result();
        assertEquals(printed.lines().count(), ResultStore.read(folder).size());
        assertEquals(ResultStore.read(folder).size(), lines(folder), "a result is there twice");
        assertFalse(victim.isAlive());

        StringWriter out = new StringWriter();
        Path alone = elsewhere.resolve("alone");
        assertEquals(0, Main.run(new PrintWriter(out, true), new PrintWriter(System.err, true), grid(alone, "1")));
        assertTrue(scores(folder).containsAll(scores(alone)), "the scores are not those of one process");
    }

    private static List<String> scores(Path out) {
        return ResultStore.read(out).stream().map((Result result) -> result.id() + " " + result.scores()).sorted().toList();
    }

    @Test
    void noJobsIsWrongUsage() {
        StringWriter err = new StringWriter();
        assertEquals(2, Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), grid(folder, "1", "--jobs", "0")));
        assertTrue(err.toString().contains("--jobs is 0"), err.toString());
        assertFalse(Files.exists(folder.resolve("results.jsonl")));
    }
}
