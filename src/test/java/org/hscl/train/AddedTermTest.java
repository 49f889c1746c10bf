package org.hscl.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hscl.Hscl;
import org.hscl.chart.Charts;
import org.hscl.data.Json;
import org.hscl.detect.AnomalyDetector;
import org.hscl.detect.Tiny;
import org.hscl.loss.LossConfig;
import org.hscl.loss.LossTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A term that the library does not know shows wherever the paper's do. */
class AddedTermTest {

    private static final LossTerm NORM = new LossTerm("norm", 0.25, "mean z², no paper's",
            batch -> Optional.of(batch.projection().square().mean()));

    private static final HsclConfig CONFIG = Tiny.config().withLoss(LossConfig.defaults().plus(NORM));

    @TempDir
    Path folder;

    private static AnomalyDetector fit(RunOptions options, TrainingListener listener) {
        return Hscl.fit(Tiny.split(), CONFIG, options.withDevice("cpu"), listener);
    }

    @Test
    void itIsLearnedAndShownEverywhere() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Path csv = folder.resolve("history.csv");
        try (AnomalyDetector detector =
                fit(RunOptions.defaults(), ConsoleProgress.everyEpoch(new PrintStream(bytes, true, StandardCharsets.UTF_8)))) {
            assertTrue(bytes.toString(StandardCharsets.UTF_8).matches("(?s).*N-A \\d\\.\\d\\d \\+ norm \\d\\.\\d\\d  rate.*"));
            History history = detector.history();
            assertTrue(history.epochs().get(1).losses().get("norm") < history.epochs().get(0).losses().get("norm"), "learned");
            history.epochs().forEach(epoch -> {
                double total = epoch.losses().entrySet().stream()
                        .filter(loss -> !loss.getKey().equals("total"))
                        .mapToDouble(loss -> loss.getValue() * (loss.getKey().equals("norm") ? 0.25 : 1))
                        .sum();
                assertEquals(total, epoch.losses().get("total"), 1e-5);
            });
            history.writeCsv(csv);
            assertTrue(Files.readAllLines(csv).get(0).contains(",normal-to-abnormal,norm,images per second"));
            assertTrue(Charts.losses(history).numbers().columnNames().contains("norm"));
            assertTrue(Charts.losses(history).asJavascript("here").contains("norm"));
            detector.save(folder.resolve("detector"));
        }
        try (AnomalyDetector loaded = AnomalyDetector.load(folder.resolve("detector"), "cpu")) {
            assertEquals(List.of("norm"), loaded.config().loss().added().stream().map(LossTerm::name).toList());
            assertTrue(loaded.history().lossNames().contains("norm"));
            assertThrows(IllegalStateException.class, () -> Hscl.fit(Tiny.split(), loaded.config()), "the file has no formula");
        }
    }

    @Test
    void aStoppedTrainingGoesOnWithIt() {
        RunOptions options = RunOptions.defaults().withCheckpoints(CheckpointConfig.to(folder.resolve("checkpoints")));
        assertThrows(java.util.concurrent.CancellationException.class, () -> fit(options, progress -> {
            if (progress.epoch() == 2) {
                Thread.currentThread().interrupt();
            }
        }));
        try (AnomalyDetector resumed = fit(options, TrainingListener.silent());
                AnomalyDetector whole = fit(RunOptions.defaults(), TrainingListener.silent())) {
            assertEquals(whole.weightsSha256(), resumed.weightsSha256());
            assertArrayEquals(
                    whole.history().epochs().get(1).losses().values().toArray(),
                    resumed.history().epochs().get(1).losses().values().toArray());
        }
        HsclConfig other = CONFIG.withLoss(LossConfig.defaults());
        assertThrows(TrainingException.class, () -> Hscl.fit(
                Tiny.split(), other, options.withDevice("cpu"), TrainingListener.silent()), "another loss is another training");
    }

    @Test
    void aFileKeepsAllButTheFormula() {
        LossConfig read = Json.read(Json.pretty(CONFIG.loss()), LossConfig.class, "a test");
        assertEquals(CONFIG.loss(), read);
        assertEquals("mean z², no paper's", read.added().get(0).equation());
    }

    @Test
    void namesAndWeightsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> LossConfig.defaults().plus(NORM).plus(NORM));
        assertThrows(IllegalArgumentException.class, () -> LossConfig.defaults()
                .plus(new LossTerm("shift", 1, "", batch -> Optional.empty())));
        assertThrows(IllegalArgumentException.class, () -> new LossTerm("total", 1, "", batch -> Optional.empty()));
        assertThrows(IllegalArgumentException.class, () -> new LossTerm("norm", -1, "", batch -> Optional.empty()));
    }
}
