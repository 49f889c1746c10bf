package org.hscl.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.hscl.data.DataException.MissingDataException;
import org.hscl.experiment.GridProgress.GridListener;
import org.hscl.scenario.OneClass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class RunnerTest {

    @TempDir
    Path folder;

    private Runner runner(Toys.Darkness method) {
        return Runner.at(folder).withDevice("cpu").withData(Toys::data).withMethods(name -> method);
    }

    @AfterEach
    void forgetInterruptions() {
        Thread.interrupted();
    }

    @Test
    void aRunIsMeasuredPooledAndPerClass() {
        Outcome outcome = runner(new Toys.Darkness(seed -> {})).execute(Toys.seeds(1));
        Scores scores = outcome.results().get(0).scores().orElseThrow();
        assertEquals(new Scores(1, Map.of("middle", 1.0, "bright", 1.0)), scores);
        assertEquals(100, outcome.toTable().doubleColumn(ResultTable.AUROC).get(0));
    }

    @Test
    void aStoreThatIsCarriedElsewhereDoesNotNameTheFolderThatItLayIn() {
        Result result = runner(new Toys.Darkness(seed -> {})).execute(Toys.seeds(1)).results().get(0);
        assertTrue(result.circumstances().notes().contains("nothing in checkpoints/" + result.id()), result.circumstances().notes().toString());
    }

    @Test
    void whatIsDoneIsSkipped() {
        Toys.Darkness method = new Toys.Darkness(seed -> {});
        runner(method).execute(Toys.seeds(2));
        List<Result> all = runner(method).execute(Toys.seeds(3)).results();
        assertEquals(List.of(1L, 2L, 3L), method.seeds);
        assertEquals(3, all.size());
    }

    @Test
    void shardsInOneFolderAreTheGridAndAStoppedOneIsTakenUp() {
        Toys.Darkness method = new Toys.Darkness(seed -> {});
        for (int shard = 1; shard <= 3; shard++) {
            runner(method).withPart(shard + "of3").execute(Toys.seeds(7).shard(shard, 3));
        }
        assertEquals(List.of(1L, 4L, 7L, 2L, 5L, 3L, 6L), method.seeds);
        assertEquals(7, runner(method).execute(Toys.seeds(8).shard(1, 1)).results().size() - 1);
        assertEquals(8, method.seeds.size());
        assertThrows(IllegalArgumentException.class, () -> Toys.seeds(3).shard(0, 3));
        assertThrows(IllegalArgumentException.class, () -> runner(method).withPart("../1"));
    }

    @Test
    void aFreshRunnerMeasuresAgainAndReplaces() {
        Toys.Darkness method = new Toys.Darkness(seed -> {});
        runner(method).execute(Toys.seeds(2));
        assertEquals(2, runner(method).withFresh(true).execute(Toys.seeds(2)).results().size());
        assertEquals(List.of(1L, 2L, 1L, 2L), method.seeds);
        assertEquals(2, ResultStore.read(folder).size());
    }

    @Test
    void aurocsByAbnormalClassHaveAColumnForEachValue() {
        Outcome outcome = runner(new Toys.Darkness(seed -> {})).execute(Toys.seeds(2).pollutionRatios(0, 0.1));
        Table table = ResultTable.perClass(outcome.results(), "γ_p");
        assertEquals(List.of("abnormal class", "γ_p 0", "γ_p 0.1"), table.columnNames());
        assertEquals(List.of("middle", "bright"), table.stringColumn(0).asList());
        assertEquals(List.of(100.0, 100.0), table.doubleColumn("γ_p 0").asList());
    }

    @Test
    void aFailedRunIsListedAndNotTriedAgainUntilRerun() {
        boolean[] broken = {true};
        Toys.Darkness method = new Toys.Darkness(seed -> {
            if (seed == 2 && broken[0]) {
                throw new IllegalArgumentException("seed 2 is unlucky");
            }
        });
        Outcome first = runner(method).execute(Toys.seeds(3));
        assertEquals(List.of(1L, 3L), method.seeds);
        assertEquals("seed 2 is unlucky", first.failed().get(0).failure().orElseThrow());
        assertTrue(first.problems().get(0).contains("seed 2 is unlucky"));

        broken[0] = false;
        assertEquals(1, runner(method).execute(Toys.seeds(3)).failed().size());
        String id = first.failed().get(0).id();
        assertTrue(Files.exists(folder.resolve("failures/" + id + ".txt")));
        runner(method).rerun(id, GridListener.silent());
        assertEquals(List.of(1L, 3L, 2L), method.seeds);
        assertEquals(List.of(), runner(method).execute(Toys.seeds(3)).problems());
    }

    @Test
    void anInterruptionStopsTheGridAndKeepsWhatIsDone() {
        Toys.Darkness method = new Toys.Darkness(seed -> {
            if (seed == 2) {
                Thread.currentThread().interrupt();
            }
        });
        assertThrows(CancellationException.class, () -> runner(method).execute(Toys.seeds(4)));
        assertEquals(2, ResultStore.read(folder).size());
        assertEquals(4, runner(new Toys.Darkness(seed -> {})).execute(Toys.seeds(4)).results().size());
    }

    @Test
    void anAbsentDataSetLeavesItsRunsOutAndIsNoFailure() {
        Grid grid = Toys.seeds(1).dataSets("absent", "toy");
        Runner runner = runner(new Toys.Darkness(seed -> {})).withData(name -> {
            if (name.equals("absent")) {
                throw new MissingDataException("absent is not there");
            }
            return Toys.data(name);
        });
        Outcome outcome = runner.execute(grid);
        assertEquals(1, outcome.results().size());
        assertEquals(0, outcome.failed().size());
        assertTrue(outcome.problems().get(0).contains("absent is not there"));
        assertEquals(1, ResultStore.read(folder).size());
    }

    @Test
    void progressCountsWhatEarlierSessionsDid() {
        runner(new Toys.Darkness(seed -> {})).execute(Toys.seeds(2));
        List<GridProgress> seen = new ArrayList<>();
        runner(new Toys.Darkness(seed -> {})).execute(Toys.seeds(4), seen::add);
        assertEquals(List.of(2, 3), seen.stream().map(GridProgress::done).toList());
        assertTrue(seen.get(1).secondsLeft() >= 0);
        assertTrue(seen.get(1).line().startsWith("3 of 4 done"), seen.get(1).line());
    }

    @Test
    void aLogFileHasALineForEachStartAndEachResult() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ConsoleGrid log = ConsoleGrid.everyRun(new PrintStream(bytes, true, StandardCharsets.UTF_8))) {
            runner(new Toys.Darkness(seed -> {})).execute(Toys.seeds(2), log);
        }
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(4, lines.size());
        assertTrue(lines.get(0).startsWith("0 of 2 done"), lines.get(0));
        assertTrue(lines.get(3).endsWith("Darkness, seed 2: AUROC 100.0"), lines.get(3));
    }

    @Test
    void theLineOfProgressIsClearedWhenAGridEndsWithARunLeftOut() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Runner absent = runner(new Toys.Darkness(seed -> {})).withData(name -> {
            throw new MissingDataException("it is not there");
        });
        absent.execute(Toys.seeds(1), ConsoleGrid.live(new PrintStream(bytes, true, StandardCharsets.UTF_8)));
        String shown = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(shown.contains("0 of 1 done") && shown.endsWith(" \r"), shown);
    }

    @Test
    void theListenerLearnsOfTheEndHoweverItComes() {
        int[] ends = {0};
        GridListener listener = new GridListener() {
            @Override
            public void onProgress(GridProgress progress) {}

            @Override
            public void onEnd() {
                ends[0]++;
            }
        };
        Outcome outcome = runner(new Toys.Darkness(seed -> {})).execute(Toys.seeds(1), listener);
        assertEquals(1, ends[0]);
        runner(new Toys.Darkness(seed -> {})).rerun(outcome.results().get(0).id(), listener);
        assertEquals(2, ends[0]);
        Toys.Darkness interrupted = new Toys.Darkness(seed -> Thread.currentThread().interrupt());
        assertThrows(CancellationException.class, () -> runner(interrupted).execute(Toys.seeds(3), listener));
        assertEquals(3, ends[0]);
    }

    @Test
    void anUnknownIdIsSaid() {
        runner(new Toys.Darkness(seed -> {})).execute(Toys.seeds(1));
        assertThrows(
                IllegalArgumentException.class,
                () -> runner(new Toys.Darkness(seed -> {})).rerun("no such id", GridListener.silent()));
    }

    private static Experiment tiny() {
        return Size.SMOKE.experiment("digits", OneClass.defaults().withPollutionRatio(0.1))
                .withOneClass(cell -> cell.withTestLimit(40).withPerClass(16).withLabeledRatio(0.2))
                .withConfig(config -> config.withWidth(2));
    }

    @Test
    void hsclItselfRunsAtSmokeSizeWithItsHistoryAndEnsemble() {
        Outcome outcome = Runner.at(folder).withDevice("cpu").execute(Grid.of(tiny().withEnsemble(1)));
        assertEquals(List.of(), outcome.problems());
        Result result = outcome.results().get(0);
        assertTrue(result.ensemble().isPresent());
        assertTrue(Files.exists(folder.resolve(result.circumstances().historyFile().orElseThrow())));
        assertFalse(Files.exists(folder.resolve("checkpoints").resolve(result.id())));
        assertEquals(9, result.scores().orElseThrow().perClass().size());
    }

    @Test
    void anInterruptedTrainingGoesOnFromItsCheckpoint() {
        Grid grid = Grid.of(tiny().withConfig(config -> config.withEpochs(3)));
        GridListener stopInTheSecondEpoch = progress -> {
            if (progress.training().filter(step -> step.epoch() == 2).isPresent()) {
                Thread.currentThread().interrupt();
            }
        };
        Runner runner = Runner.at(folder).withDevice("cpu");
        assertThrows(CancellationException.class, () -> runner.execute(grid, stopInTheSecondEpoch));
        Result stopped = runner.execute(grid).results().get(0);
        assertTrue(stopped.circumstances().notes().toString().contains("resumed from"), stopped.circumstances().notes().toString());

        Result whole = Runner.at(folder.resolve("another")).withDevice("cpu").execute(grid).results().get(0);
        assertEquals(whole.scores(), stopped.scores());
    }
}
