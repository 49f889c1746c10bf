package org.hscl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hscl.data.DataSets;
import org.hscl.detect.AnomalyDetector;
import org.hscl.detect.Tiny;
import org.hscl.experiment.Experiment;
import org.hscl.experiment.Grid;
import org.hscl.experiment.Outcome;
import org.hscl.experiment.Result;
import org.hscl.experiment.ResultStore;
import org.hscl.experiment.Runner;
import org.hscl.experiment.Scores;
import org.hscl.model.EncoderConfig;
import org.hscl.scenario.OneClass;
import org.hscl.train.CheckpointConfig;
import org.hscl.train.HsclConfig;
import org.hscl.train.OptimizerConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Detectors, checkpoints and results of earlier builds are still read, gone on with and found. A build whose formats gain something
 * adds a folder made by {@link #main}; those that are there stay as they are.
 */
class StoredFormatsTest {

    private static final OneClass CELL =
            OneClass.defaults().withNormal("3").withLabeledRatio(0.2).withPollutionRatio(0.1).withPerClass(20).withTestLimit(60);

    private static final HsclConfig CONFIG = HsclConfig.defaults()
            .withEncoder(EncoderConfig.defaults().withWidth(2).withProjectionDimensions(8))
            .withOptimizer(OptimizerConfig.defaults().withWarmupEpochs(0))
            .withEpochs(4)
            .withBatchSize(16);

    private static final Grid GRID = Grid.of(Experiment.of("digits", CELL, CONFIG)).methods("HSCL", "KDE").ensemble(1);

    @TempDir
    Path folder;

    static List<Path> builds() throws IOException, URISyntaxException {
        try (Stream<Path> builds = Files.list(Path.of(StoredFormatsTest.class.getResource("/stored").toURI()))) {
            return builds.sorted().toList();
        }
    }

    private Path copy(Path stored) throws IOException {
        try (Stream<Path> files = Files.walk(stored)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(stored.getParent().relativize(file).toString()));
            }
        }
        return folder.resolve(stored.getFileName());
    }

    private static double[] scores(Path build) throws IOException {
        return Files.readAllLines(build.resolve("scores.txt")).stream().mapToDouble(Double::parseDouble).toArray();
    }

    private static RunOptions checkpointing(Path into) {
        return RunOptions.defaults().withDevice("cpu").withCheckpoints(CheckpointConfig.to(into).withKeepLast(4));
    }

    @ParameterizedTest
    @MethodSource("builds")
    void aDetectorScoresAsItDid(Path build) throws IOException {
        try (AnomalyDetector detector = AnomalyDetector.load(build.resolve("detector"), "cpu")) {
            assertEquals(CONFIG, detector.config());
            assertArrayEquals(scores(build), detector.score(CELL.split(DataSets.digits()).test()), 1e-5);
            assertEquals(4, detector.history().epochs().size());
        }
    }

    @ParameterizedTest
    @MethodSource("builds")
    void aTrainingGoesOnFromACheckpointToWhereItWent(Path build) throws IOException {
        List<String> messages = new ArrayList<>();
        try (AnomalyDetector before = AnomalyDetector.load(build.resolve("detector"), "cpu");
                AnomalyDetector resumed = Hscl.fit(CELL.split(DataSets.digits()), CONFIG,
                        checkpointing(copy(build.resolve("checkpoints"))), Tiny.keeping(messages))) {
            assertTrue(messages.stream().anyMatch(line -> line.endsWith("2 epochs and 0 steps are done")), messages::toString);
            assertEquals(before.history().epochs().subList(0, 2), resumed.history().epochs().subList(0, 2));
            assertEquals(before.history().epochs().get(3).total(), resumed.history().epochs().get(3).total(), 1e-3);
            assertArrayEquals(scores(build), resumed.score(CELL.split(DataSets.digits()).test()), 1e-3);
        }
    }

    @ParameterizedTest
    @MethodSource("builds")
    void resultsAreFoundAndNotMeasuredAgain(Path build) throws IOException {
        Path results = copy(build.resolve("results"));
        List<Result> stored = ResultStore.read(results);
        assertEquals(GRID.experiments(), stored.stream().map(Result::experiment).toList());
        assertTrue(stored.stream().allMatch(result -> result.scores().map(Scores::pooled).orElse(0.0) > 0.4), stored::toString);
        Outcome outcome = Runner.at(results).withMethods(name -> {
            throw new AssertionError(name + " is measured again");
        }).execute(GRID);
        assertEquals(stored, outcome.results());
    }

    /** Makes such a folder. */
    public static void main(String[] folder) throws IOException {
        Path into = Path.of(folder[0]);
        try (AnomalyDetector detector = Hscl.fit(
                CELL.split(DataSets.digits()), CONFIG, checkpointing(into.resolve("checkpoints")), TrainingListener.silent())) {
            detector.save(into.resolve("detector"));
            StringBuilder lines = new StringBuilder();
            for (double score : detector.score(CELL.split(DataSets.digits()).test())) {
                lines.append(score).append('\n');
            }
            Files.writeString(into.resolve("scores.txt"), lines);
        }
        Runner.at(into.resolve("results")).withDevice("cpu").execute(GRID);
        for (String other : List.of("epoch-0001-step-000000", "epoch-0003-step-000000", "epoch-0004-step-000000")) {
            try (Stream<Path> files = Files.walk(into.resolve("checkpoints").resolve(other))) {
                files.sorted((a, b) -> b.compareTo(a)).forEach(StoredFormatsTest::delete);
            }
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
