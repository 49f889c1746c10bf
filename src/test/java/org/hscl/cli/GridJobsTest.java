package org.hscl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hscl.experiment.Grid;
import org.hscl.experiment.GridProgress.GridListener;
import org.hscl.experiment.Outcome;
import org.hscl.experiment.Result;
import org.hscl.experiment.ResultStore;
import org.hscl.experiment.Size;
import org.hscl.scenario.OneClass;
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
    void shardsRunAtOnceAndOneByTwoProcessesMakeTheWholeGrid() throws Exception {
        Child first = Child.start(elsewhere, Map.of(), List.of(), grid(folder, "1", "--shard", "1/2", "--jobs", "2"));
        Child second = Child.start(elsewhere, Map.of(), List.of(), grid(folder, "1", "--shard", "2/2"));
        long printed = first.result().lines().count() + second.result().lines().count();
        StringWriter listed = new StringWriter();
        assertEquals(0, Main.run(new PrintWriter(listed, true), new PrintWriter(new StringWriter()), grid(folder, "1", "--list")));
        assertEquals(listed.toString().lines().count(), printed);
        assertTrue(listed.toString().lines().allMatch(line -> line.endsWith("  done")), listed.toString());
        assertEquals(printed, lines(folder), "a result is there twice");
    }

    private List<String> worker(String script) {
        return List.of("bash", "-c", "echo started >> " + elsewhere.resolve("starts") + "; " + script);
    }

    private long starts() throws IOException {
        return Files.readAllLines(elsewhere.resolve("starts")).size();
    }

    private static Grid runs(int count) {
        return Grid.of(Size.SMOKE.experiment("digits", OneClass.defaults())).seeds(LongStream.rangeClosed(1, count).toArray());
    }

    @Test
    void aRunThatKillsEveryWorkerIsLeftOutAfterTheSecondAndTheNextIsTried() throws Exception {
        Outcome outcome = new GridJobs(folder, worker("echo ready; read run; exit 1")).run(runs(3), 1, GridListener.silent());
        assertEquals(6, starts());
        assertEquals(3, outcome.leftOut().size());
        assertTrue(outcome.leftOut().get(0).contains("ended 2 times without a result"), outcome.leftOut().toString());
    }

    @Test
    void aWorkerWhoseJvmCrashesCountsAsDeadThoughItPrintsWhy() throws Exception {
        Outcome outcome = new GridJobs(folder, worker("echo ready; read run; echo '# A fatal error has been detected'; sleep 60"))
                .run(runs(1), 1, GridListener.silent());
        assertEquals(2, starts());
        assertTrue(outcome.leftOut().get(0).contains("ended 2 times without a result"), outcome.leftOut().toString());
    }

    @Test
    void workersThatDoNotStartEndTheGridInASentenceInsteadOfTryingEachRun() throws Exception {
        GridJobs jobs = new GridJobs(folder, worker("exit 1"));
        UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> jobs.run(runs(50), 1, GridListener.silent()));
        assertTrue(failure.getMessage().contains("ended 2 times before it could take a run"), failure.getMessage());
        assertEquals(2, starts());
        GridJobs none = new GridJobs(folder, List.of(elsewhere.resolve("no-java").toString()));
        failure = assertThrows(UncheckedIOException.class, () -> none.run(runs(50), 2, GridListener.silent()));
        assertTrue(failure.getMessage().contains("no-java") && failure.getMessage().contains("the same call goes on"), failure.getMessage());
    }

    @Test
    void noJobsIsWrongUsage() {
        StringWriter err = new StringWriter();
        assertEquals(2, Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), grid(folder, "1", "--jobs", "0")));
        assertTrue(err.toString().contains("--jobs is 0"), err.toString());
        assertFalse(Files.exists(folder.resolve("results.jsonl")));
    }
}
