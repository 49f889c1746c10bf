package org.hscl.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hscl.Hscl;
import org.hscl.detect.AnomalyDetector;
import org.hscl.detect.Tiny;
import org.hscl.loss.Variant;
import org.hscl.scenario.OneClass;
import org.hscl.train.CheckpointConfig;
import org.hscl.train.RunOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commit 6a8eb3b wrote is still read: a detector, a checkpoint, results, and the ids by which results are found. */
class StoredWorkTest {

    private static final Path KEPT = Path.of("src/test/resources/kept");

    @TempDir
    Path folder;

    private static double[] keptScores() throws IOException {
        return Files.readAllLines(KEPT.resolve("detector-scores.txt")).stream().mapToDouble(Double::parseDouble).toArray();
    }

    /** A copy, since what reads a folder may tidy it. */
    private Path copy(String name) throws IOException {
        Path source = KEPT.resolve(name);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(source.relativize(file).toString()),
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return folder;
    }

    @Test
    void itsDetectorScoresAsItDid() throws IOException {
        try (AnomalyDetector detector = AnomalyDetector.load(copy("detector"), "cpu")) {
            assertArrayEquals(keptScores(), detector.score(Tiny.split().test()), 1e-5);
            List<Double> first = new ArrayList<>();
            detector.history().toTable().stream().limit(1).forEach(row -> {
                for (String name : List.of("total", "sample-to-sample", "shift", "sample-to-prototype", "normal-to-abnormal")) {
                    first.add(row.getDouble(name));
                }
            });
            assertEquals(first.get(0), first.get(1) + first.get(2) + first.get(3) + first.get(4), 1e-5);
            assertTrue(first.stream().allMatch(value -> value > 0), first.toString());
        }
    }

    /** The kept scores are those of a training that was never stopped. */
    @Test
    void itsCheckpointGoesOnToTheSameDetector() throws IOException {
        List<String> messages = new ArrayList<>();
        RunOptions options = RunOptions.defaults().withDevice("cpu").withCheckpoints(CheckpointConfig.to(copy("checkpoints")));
        try (AnomalyDetector detector = Hscl.fit(Tiny.split(), Tiny.config(), options, Tiny.keeping(messages))) {
            assertTrue(messages.stream().anyMatch(line -> line.contains("epoch-0001-step-000001")), messages.toString());
            assertEquals(2, detector.history().epochs().size());
            assertArrayEquals(keptScores(), detector.score(Tiny.split().test()), 1e-3);
        }
    }

    private static Grid grid() {
        OneClass cell = OneClass.defaults().withNormal("3").withLabeledRatio(0.2).withPollutionRatio(0.1)
                .withPerClass(20).withTestLimit(60);
        Experiment base = Experiment.of("digits", cell, Tiny.config());
        return Grid.of(base).variants(Variant.PAPER, Variant.RELEASED)
                .plus(Grid.of(base).ablations())
                .plus(Grid.of(base.withMethod("CSI")));
    }

    @Test
    void itsResultsAreFoundAgain() throws IOException {
        Runner runner = Runner.at(copy("results")).withDevice("cpu").withMethods(name -> fail("ran " + name + " again"));
        assertEquals(8, runner.execute(grid()).results().size());
    }

    @Test
    void itsIdsAreThoseOfToday() throws IOException {
        List<String> ids = new ArrayList<>();
        for (String name : Presets.names()) {
            for (Size size : name.endsWith("-full") ? new Size[] {Size.GPU_FULL} : Size.values()) {
                Presets.named(name, size).experiments().forEach(e -> ids.add(name + " " + size + " " + e.id()));
            }
        }
        List<String> kept = Files.readAllLines(KEPT.resolve("ids.txt"));
        assertEquals(kept, ids.stream().filter(kept::contains).toList());
    }
}
