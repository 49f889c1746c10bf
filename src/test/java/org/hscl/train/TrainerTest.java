package org.hscl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.hscl.detect.Tiny;
import org.hscl.data.FolderLock;
import org.hscl.engine.ComputeDevice;
import org.hscl.scenario.Split;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {

    private static final HsclConfig CONFIG = Tiny.config().withEpochs(3).withBatchSize(8);

    private static Split split;
    private static String undisturbed;

    @TempDir
    Path folder;

    private final List<String> messages = new ArrayList<>();

    @BeforeAll
    static void trainUndisturbed() {
        split = Tiny.split();
        try (Trainer trainer = trainer(CONFIG, Optional.empty(), TrainingListener.silent())) {
            trainer.train(TrainingListener.silent());
            undisturbed = trainer.encoder().weights().sha256();
        }
    }

    private static Trainer trainer(HsclConfig config, Optional<CheckpointConfig> checkpoints, TrainingListener listener) {
        return new Trainer(split.train(), split.labels(), config, ComputeDevice.choose("cpu"), checkpoints, listener);
    }

    private Trainer saving(HsclConfig config) {
        return trainer(config, Optional.of(CheckpointConfig.to(folder)), Tiny.keeping(messages));
    }

    /** Does something at every step. */
    private static TrainingListener at(Consumer<Progress> step) {
        return step::accept;
    }

    @Test
    void oneSeedGivesTheSameWeightsAndAnotherSeedOthers() {
        try (Trainer again = trainer(CONFIG, Optional.empty(), TrainingListener.silent());
                Trainer other = trainer(CONFIG.withSeed(2), Optional.empty(), TrainingListener.silent())) {
            again.train(TrainingListener.silent());
            other.train(TrainingListener.silent());
            assertEquals(undisturbed, again.encoder().weights().sha256());
            assertNotEquals(undisturbed, other.encoder().weights().sha256());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 20}) // four steps an epoch
    void stepsPlannedAndSentTogetherTrainAsOneByOne(int steps) {
        List<Integer> reports = new ArrayList<>();
        try (Trainer trainer = trainer(CONFIG, Optional.empty(), TrainingListener.silent())) {
            trainer.reportEvery(steps);
            History history = trainer.train(at(progress -> reports.add(progress.step())));
            assertEquals(undisturbed, trainer.encoder().weights().sha256());
            assertEquals(3, history.epochs().size());
        }
        List<Integer> anEpoch = steps == 2 ? List.of(2, 4) : steps == 3 ? List.of(3, 4) : List.of(4);
        assertEquals(anEpoch, reports.subList(0, anEpoch.size()));
        assertEquals(3 * anEpoch.size(), reports.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7}) // four steps an epoch
    void aTrainingInterruptedAfterAnyStepResumesToTheSameWeights(int steps) {
        try (Trainer interrupted = saving(CONFIG)) {
            var stop = assertThrows(CancellationException.class, () -> interrupted.train(at(progress -> {
                if (interrupted.steps() == steps) {
                    Thread.currentThread().interrupt();
                }
            })));
            assertEquals("training was interrupted", stop.getMessage());
            assertFalse(Thread.currentThread().isInterrupted(), "the next cell starts afresh");
            assertEquals(steps, interrupted.steps(), "it stops at the next step");
        }
        try (Trainer resumed = saving(CONFIG)) {
            assertTrue(messages.get(messages.size() - 1).startsWith("resumed from " + folder), messages::toString);
            History history = resumed.train(TrainingListener.silent());
            assertEquals(undisturbed, resumed.encoder().weights().sha256());
            assertEquals(3, history.epochs().size());
        }
    }

    @Test
    void aDamagedNewestCheckpointIsSetAsideAndTheOneBeforeUsed() throws IOException {
        try (Trainer trainer = saving(CONFIG)) {
            trainer.train(TrainingListener.silent());
        }
        Path arrays = folder.resolve("epoch-0003-step-000000/arrays.npz");
        Files.write(arrays, new byte[100]);
        Files.delete(folder.resolve("epoch-0002-step-000000/checkpoint.json"));
        messages.clear();
        try (Trainer resumed = saving(CONFIG)) {
            assertEquals(4, messages.size(), messages::toString);
            assertTrue(messages.get(1).contains("renamed it to damaged-epoch-0003-step-000000"), messages.get(1));
            assertTrue(messages.get(2).contains("checkpoint.json is missing"), messages.get(2));
            assertTrue(messages.get(3).contains("epoch-0001-step-000000: 1 epochs and 0 steps are done"), messages.get(3));
            resumed.train(TrainingListener.silent());
            assertEquals(undisturbed, resumed.encoder().weights().sha256());
        }
    }

    @Test
    void checkpointsOfAnotherTrainingAreRefusedAndKept() throws IOException {
        try (Trainer trainer = saving(CONFIG.withEpochs(1))) {
            trainer.train(TrainingListener.silent());
        }
        Path saved = folder.resolve("epoch-0001-step-000000/checkpoint.json");
        String before = Files.readString(saved);
        String sentence = assertThrows(TrainingException.class, () -> saving(CONFIG)).getMessage();
        assertTrue(sentence.contains("other settings: epochs was 1 and is now"), sentence);
        var fresh = CheckpointConfig.to(folder).withResume(false);
        assertTrue(assertThrows(TrainingException.class, () -> trainer(CONFIG, Optional.of(fresh), TrainingListener.silent()))
                .getMessage()
                .contains("holds checkpoints of an earlier training"));
        assertEquals(before, Files.readString(saved));
    }

    @Test
    void twoTrainingsNeverShareAFolder() {
        try (Trainer first = saving(CONFIG)) {
            String sentence = assertThrows(TrainingException.class, () -> saving(CONFIG.withSeed(2))).getMessage();
            assertTrue(sentence.contains("another process is writing to it"), sentence);
            assertEquals(0, first.steps());
        }
        saving(CONFIG).close();
    }

    @Test
    void aFinishedTrainingThatIsResumedTellsItsCourse() {
        History course;
        try (Trainer trainer = saving(CONFIG)) {
            course = trainer.train(TrainingListener.silent());
        }
        List<History> told = new ArrayList<>();
        try (Trainer trainer = saving(CONFIG)) {
            trainer.train(new TrainingListener() {
                @Override
                public void onProgress(Progress progress) {}

                @Override
                public void onEpoch(History history) {
                    told.add(history);
                }
            });
        }
        assertEquals(List.of(course), told);
    }

    @Test
    void aTrainingWhoseRateNeverRisesIsRefusedAndAnEndlessWarmUpIsSaid() {
        var options = CheckpointConfig.to(folder.resolve("none"));
        HsclConfig single = CONFIG.withEpochs(1).withBatchSize(10_000);
        String sentence = assertThrows(TrainingException.class,
                () -> trainer(single, Optional.of(options), TrainingListener.silent())).getMessage();
        assertTrue(sentence.contains("would stay at its floor 1.0E-6, as there are only 1 steps"), sentence);
        List<String> warnings = new ArrayList<>();
        HsclConfig endless = CONFIG.withEpochs(2).withOptimizer(CONFIG.optimizer().withWarmupEpochs(2));
        trainer(endless, Optional.empty(), Tiny.keeping(warnings)).close();
        assertTrue(warnings.get(1).contains("the warm-up of 2.0 epochs does not end within the 2 epochs"), warnings::toString);
    }

    @Test
    void theLastCheckpointsAreKeptAndTheEndIsAlwaysSaved() throws IOException {
        var config = CheckpointConfig.to(folder).withEveryEpochs(2).withKeepLast(2);
        try (Trainer trainer = trainer(CONFIG.withEpochs(5), Optional.of(config), TrainingListener.silent())) {
            trainer.train(TrainingListener.silent());
        }
        try (var entries = Files.list(folder)) {
            assertEquals(
                    List.of(FolderLock.FILE, "epoch-0004-step-000000", "epoch-0005-step-000000"),
                    entries.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void aTrainingGoesOnAfterACheckpointThatCannotBeSaved() throws IOException {
        Path full = folder.resolve("full");
        List<String> warnings = new ArrayList<>();
        try (Trainer trainer = trainer(CONFIG, Optional.of(CheckpointConfig.to(full)), TrainingListener.silent())) {
            for (int epoch = 1; epoch <= CONFIG.epochs(); epoch++) { // no folder can be made where a file is
                Files.createFile(full.resolve("epoch-%04d-step-000000".formatted(epoch)));
            }
            trainer.train(Tiny.keeping(warnings));
            assertEquals(undisturbed, trainer.encoder().weights().sha256());
        }
        assertEquals(3, warnings.size());
        assertTrue(warnings.get(0).startsWith("warning: the checkpoint after 1 epochs and 0 steps could not be saved"));
    }

    @Test
    void numbersGoneWrongEndTheTrainingWithTheLastGoodCheckpoint() {
        try (Trainer trainer = saving(CONFIG)) {
            String message = assertThrows(TrainingException.class, () -> trainer.train(new TrainingListener() {
                        @Override
                        public void onProgress(Progress progress) {}

                        @Override
                        public void onEpoch(History history) {
                            if (history.epochs().size() == 2) {
                                poison(trainer);
                            }
                        }
                    }))
                    .getMessage();
            assertTrue(message.contains("at epoch 3, step 1;"), message);
            assertTrue(message.contains("last good checkpoint: " + folder.resolve("epoch-0002-step-000000")), message);
        }
    }

    @Test
    void weightsGoneWrongInTheLastStepOfAnEpochAreNotSaved() {
        try (Trainer trainer = saving(CONFIG)) {
            String message = assertThrows(TrainingException.class, () -> trainer.train(at(progress -> {
                        if (progress.epoch() == 2 && progress.step() == progress.steps()) {
                            poison(trainer);
                        }
                    })))
                    .getMessage();
            assertTrue(message.startsWith("the weights are no longer finite at epoch 2, step 4"), message);
            assertTrue(message.contains("last good checkpoint: " + folder.resolve("epoch-0001-step-000000")), message);
            assertFalse(Files.exists(folder.resolve("epoch-0002-step-000000")));
        }
    }

    private static void poison(Trainer trainer) {
        try (var values = trainer.encoder().weights().get("layer2.0.bn1.running_mean").stopGradient()) {
            values.addi(Float.NaN);
        }
        try (var values = trainer.encoder().weights().get("conv1.weight").stopGradient()) {
            values.addi(Float.NaN);
        }
    }

    @Test
    void anAbsurdLearningRateIsNamedWithEpochAndStep() {
        HsclConfig absurd = CONFIG.withOptimizer(CONFIG.optimizer().withLearningRate(1e30));
        try (Trainer trainer = trainer(absurd, Optional.empty(), TrainingListener.silent())) {
            String message = assertThrows(TrainingException.class, () -> trainer.train(TrainingListener.silent())).getMessage();
            assertTrue(message.matches("(the|z) .* at epoch \\d+, step \\d+; lower the learning rate.*none was kept\\)"), message);
        }
    }

    @Test
    void imagesThatDoNotFitAreRefused() {
        HsclConfig larger = CONFIG.withEncoder(CONFIG.encoder().withInputSize(64));
        assertThrows(IllegalArgumentException.class, () -> trainer(larger, Optional.empty(), TrainingListener.silent()));
    }

    @Test
    void aGpuThatIsNotThereIsReplacedByTheCpuWithOneSentence() {
        ComputeDevice device = ComputeDevice.choose("gpu(7)");
        assertFalse(device.device().isGpu());
        assertTrue(device.reason().startsWith("CPU: GPU 7 was asked for, but this engine sees "), device.reason());
        try (Trainer trainer = new Trainer(
                split.train(), split.labels(), CONFIG, device, Optional.empty(), Tiny.keeping(messages))) {
            assertEquals(List.of("device: " + device.reason() + "; precision: float32"), messages);
            assertEquals(4, trainer.stepsPerEpoch());
        }
    }
}
