package org.hscl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.hscl.data.SafeFolder;
import org.hscl.engine.SeededRandom;
import org.hscl.experiment.Result;
import org.hscl.experiment.ResultStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes killed at random moments of their life: nothing that was whole is lost, and the end is that of a run left alone. */
class KilledAtRandomMomentsTest {

    private static final int KILLS = 3;

    @TempDir
    Path folder;

    private Child start(List<String> arguments) throws IOException {
        return Child.start(folder, Map.of(), List.of(), arguments.toArray(String[]::new));
    }

    /** What to check after each kill. */
    private interface Check {
        void run() throws IOException;
    }

    /** Kills so often, at moments of a run of so many milliseconds, then lets it end; returns what that one printed. */
    private String killed(List<String> arguments, long milliseconds, Check afterKill) throws IOException, InterruptedException {
        SplittableRandom random = SeededRandom.at(1);
        for (int kills = 0; kills < KILLS; kills++) {
            Child child = start(arguments);
            if (!child.process().waitFor(random.nextLong(milliseconds / 4, milliseconds), TimeUnit.MILLISECONDS)) {
                child.process().destroyForcibly().waitFor();
            }
            afterKill.run();
        }
        return start(arguments).result();
    }

    @Test
    void aTrainingEndsWithTheWeightsOfOneLeftAloneAndItsDetectorIsNeverTorn() throws Exception {
        List<String> fit = List.of("fit", "--data", "digits", "--normal", "3", "--per-class", "20", "--width", "2", "--epochs", "8",
                "--warmup", "1", "--batch", "8", "--threads", "1", "--device", "cpu", "--resume");
        Path out = folder.resolve("detector");
        long begin = System.nanoTime();
        String alone = start(with(fit, "--out", folder.resolve("alone"), "--checkpoints", folder.resolve("c1"))).result();
        long took = (System.nanoTime() - begin) / 1_000_000;
        String end = killed(with(fit, "--out", out, "--checkpoints", folder.resolve("c2")), took, () -> {
            if (Files.exists(out)) {
                SafeFolder.verify(out, "detector.json", "weights.npz", "scores.npz");
            }
        });
        ObjectMapper json = new ObjectMapper();
        assertEquals(json.readTree(alone).get("weights_sha256"), json.readTree(end).get("weights_sha256"));
        assertEquals(json.readTree(alone).get("threshold"), json.readTree(end).get("threshold"));
        try (var left = Files.list(folder)) {
            assertTrue(left.noneMatch(path -> path.getFileName().toString().startsWith(".detector")), "nothing unfinished is left");
        }
    }

    @Test
    void aGridLosesNoResultAndMeasuresEachOnce() throws Exception {
        List<String> grid = List.of("grid", "quality", "--size", "smoke", "--data", "digits", "--normal", "3", "--seeds", "1,2",
                "--methods", "KDE", "--device", "cpu", "--threads", "1");
        Path out = folder.resolve("results");
        long begin = System.nanoTime();
        start(with(grid, "--out", folder.resolve("alone"))).result();
        long took = (System.nanoTime() - begin) / 1_000_000;
        List<List<Result>> before = new ArrayList<>(List.of(List.of()));
        killed(with(grid, "--out", out), took, () -> {
            List<Result> now = ResultStore.readIfThere(out);
            List<Result> last = before.get(before.size() - 1);
            assertEquals(last, now.subList(0, last.size()), "what was measured stays");
            before.add(now);
        });
        assertEquals(ResultStore.read(folder.resolve("alone")).stream().map(result -> List.of(result.id(), result.scores())).toList(),
                ResultStore.read(out).stream().map(result -> List.of(result.id(), result.scores())).toList());
        assertEquals(
                Files.readAllLines(folder.resolve("alone/results.jsonl")).size(), Files.readAllLines(out.resolve("results.jsonl")).size());
    }

    private static List<String> with(List<String> arguments, Object... more) {
        List<String> all = new ArrayList<>(arguments);
        List.of(more).forEach(argument -> all.add(argument.toString()));
        return all;
    }
}
