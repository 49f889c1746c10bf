package org.hscl.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hscl.baseline.Methods;
import org.hscl.data.DataException;
import org.hscl.data.Json;
import org.hscl.data.SafeFiles;
import org.hscl.engine.ComputeDevice;
import org.hscl.experiment.Experiment;
import org.hscl.scenario.OneClass;
import org.hscl.scenario.Split;
import org.hscl.train.CheckpointConfig;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.Trainer;
import org.hscl.train.TrainingListener;
import org.hscl.train.WarmStart;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training starts from a saved detector's weights. */
class WarmStartTest {

    @TempDir
    static Path kept;

    private static Path source;
    private static String sha256;

    @TempDir
    Path folder;

    @BeforeAll
    static void keepADetector() {
        source = kept.resolve("detector");
        try (AnomalyDetector detector = Tiny.fit(Tiny.config())) {
            detector.save(source);
            sha256 = detector.weightsSha256();
        }
    }

    private static HsclConfig warm() {
        return Tiny.config().withWarmStart(WarmStart.of(source));
    }

    private static Trainer trainer(HsclConfig config, Optional<CheckpointConfig> checkpoints, TrainingListener listener) {
        Split split = Tiny.split();
        return new Trainer(split.train(), split.labels(), config, ComputeDevice.choose("cpu"), checkpoints, listener);
    }

    private static Trainer trainer(HsclConfig config) {
        return trainer(config, Optional.empty(), TrainingListener.silent());
    }

    @Test
    void theFirstWeightsAreTheDetectors() {
        assertEquals(sha256, WarmStart.of(source).weightsSha256());
        try (Trainer trainer = trainer(warm()); Trainer fresh = trainer(Tiny.config())) {
            assertEquals(sha256, trainer.encoder().weights().sha256());
            assertNotEquals(sha256, fresh.encoder().weights().sha256());
            trainer.train(TrainingListener.silent());
            assertNotEquals(sha256, trainer.encoder().weights().sha256());
        }
    }

    @Test
    void prototypesAreFreshWhereTheirNumberDiffers() {
        try (Trainer trainer = trainer(warm().withPrototypes(3)); Trainer fresh = trainer(Tiny.config().withPrototypes(3));
                AnomalyDetector detector = AnomalyDetector.load(source, "cpu"); Trainer same = trainer(warm())) {
            assertEquals(fresh.encoder().prototypes().stopGradient(), trainer.encoder().prototypes().stopGradient());
            for (String name : same.encoder().weights().names()) {
                if (!name.equals("prototypes")) {
                    assertEquals(same.encoder().weights().get(name).stopGradient(), trainer.encoder().weights().get(name).stopGradient(), name);
                }
            }
            assertEquals(sha256, detector.weightsSha256());
        }
    }

    @Test
    void anotherSizeIsRefusedInASentence() {
        WarmStart start = WarmStart.of(source);
        IllegalArgumentException wider =
                assertThrows(IllegalArgumentException.class, () -> Tiny.config().withWidth(4).withWarmStart(start));
        assertTrue(wider.getMessage().contains("of another size: width was 2 and is now 4; give the encoder"), wider.getMessage());
        assertThrows(IllegalArgumentException.class, () -> trainer(warm().withEncoder(warm().encoder().withInputSize(64))));
        assertThrows(IllegalArgumentException.class, () -> trainer(warm().withEncoder(warm().encoder().withArchitecture("resnet34"))));
    }

    @Test
    void otherWeightsInTheFolderAreRefused() {
        HsclConfig other = Tiny.config().withWarmStart(new WarmStart(source, "ab"));
        assertTrue(assertThrows(DataException.class, () -> trainer(other)).getMessage().contains("was to start from ab"));
        assertTrue(assertThrows(DataException.class, () -> WarmStart.of(folder)).getMessage().contains("no training can start from"));
    }

    @Test
    void aCheckpointGoesOnFromItsOwnWeightsAlthoughTheDetectorIsGone() throws Exception {
        Path moved = folder.resolve("moved");
        try (AnomalyDetector detector = AnomalyDetector.load(source, "cpu")) {
            detector.save(moved);
        }
        HsclConfig config = Tiny.config().withWarmStart(WarmStart.of(moved));
        Optional<CheckpointConfig> checkpoints = Optional.of(CheckpointConfig.to(folder.resolve("checkpoints")));
        String trained;
        try (Trainer trainer = trainer(config, checkpoints, TrainingListener.silent())) {
            trainer.train(TrainingListener.silent());
            trained = trainer.encoder().weights().sha256();
        }
        SafeFiles.deleteFolder(moved);
        List<String> messages = new ArrayList<>();
        try (Trainer trainer = trainer(config, checkpoints, Tiny.keeping(messages))) {
            assertEquals(trained, trainer.encoder().weights().sha256());
        }
        assertTrue(messages.stream().anyMatch(line -> line.startsWith("resumed from")), messages.toString());
    }

    @Test
    void theDetectorSaysFromWhichWeightsItCame() {
        try (AnomalyDetector detector = Tiny.fit(warm())) {
            detector.save(folder.resolve("detector"));
        }
        try (AnomalyDetector detector = AnomalyDetector.load(folder.resolve("detector"), "cpu")) {
            assertEquals(warm(), detector.config());
            assertTrue(detector.describe().contains("warmStart.weightsSha256: " + sha256), detector.describe().toString());
        }
    }

    /** Ids of results without it are as before, and where the detector lies makes no other experiment. */
    @Test
    void onlyTheWeightsCountInAnId() {
        assertFalse(Json.line(Tiny.config()).contains("warmStart"));
        Experiment base = Experiment.of("digits", OneClass.defaults(), Tiny.config());
        String here = base.withConfig(usual -> warm()).id();
        assertNotEquals(base.id(), here);
        HsclConfig copy = Json.read(Json.line(warm()).replace(source.getFileName().toString(), "elsewhere"), HsclConfig.class, "a test");
        assertEquals(here, base.withConfig(usual -> copy).id());
    }

    @Test
    void otherMethodsRefuseIt() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Methods.named("SimCLR")
                .fit(Tiny.split(), warm(), RunOptions.defaults().withDevice("cpu"), TrainingListener.silent()));
        assertTrue(refused.getMessage().contains("only HSCL starts from a detector's weights"), refused.getMessage());
    }
}
