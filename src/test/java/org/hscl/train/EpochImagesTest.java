package org.hscl.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.hscl.data.RandomImages;
import org.hscl.detect.Tiny;
import org.hscl.engine.ComputeDevice;
import org.hscl.loss.BatchRows;
import org.hscl.loss.LossConfig;
import org.hscl.loss.LossConfig.LossRows;
import org.hscl.loss.LossTerms;
import org.hscl.scenario.Label;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochImagesTest {

    private static final LossConfig UPRIGHT =
            LossConfig.defaults().withTerms(LossTerms.all().withoutShift()).withRows(LossRows.NEVER_ROTATED);
    private static final HsclConfig CONFIG = Tiny.config().withEpochs(3).withBatchSize(8).withLoss(UPRIGHT);
    private static final Label[] LABELS = new Label[16];

    static {
        for (int i = 0; i < LABELS.length; i++) {
            LABELS[i] = Label.values()[i % 3];
        }
    }

    @TempDir
    Path folder;

    private final List<Integer> drawn = new ArrayList<>();

    private Trainer trainer(EpochImages source, Optional<CheckpointConfig> checkpoints) {
        return new Trainer(source, CONFIG, ComputeDevice.choose("cpu"), checkpoints, TrainingListener.silent());
    }

    private EpochImages.Drawn anew(int epoch) {
        drawn.add(epoch);
        return new EpochImages.Drawn(RandomImages.set(LABELS.length, 32, epoch), LABELS);
    }

    private String weights(EpochImages source) {
        try (Trainer trainer = trainer(source, Optional.empty())) {
            trainer.train(TrainingListener.silent());
            return trainer.encoder().weights().sha256();
        }
    }

    @Test
    void eachEpochLearnsFromItsOwnImagesAndAStoppedTrainingGoesOn() {
        String undisturbed = weights(this::anew);
        assertEquals(List.of(0, 1, 2), drawn);
        assertNotEquals(undisturbed, weights(epoch -> anew(0)), "later epochs are seen");
        Optional<CheckpointConfig> saving = Optional.of(CheckpointConfig.to(folder));
        try (Trainer stopped = trainer(this::anew, saving)) {
            assertThrows(CancellationException.class, () -> stopped.train(progress -> {
                if (progress.epoch() == 2) {
                    Thread.currentThread().interrupt();
                }
            }));
            assertTrue(Thread.interrupted() || !Thread.currentThread().isInterrupted());
        }
        try (Trainer resumed = trainer(this::anew, saving)) {
            resumed.train(TrainingListener.silent());
            assertEquals(undisturbed, resumed.encoder().weights().sha256());
        }
    }

    @Test
    void aBatchWithoutRotationsHasTwoRowsAnImage() {
        Label[] labels = {Label.NORMAL, Label.ABNORMAL, Label.UNLABELED};
        BatchRows rows = BatchRows.of(labels, LossRows.NEVER_ROTATED);
        assertArrayEquals(new int[] {0, 3, 2, 5}, rows.normalThenUnlabeled());
        assertArrayEquals(new int[] {1, 4}, rows.abnormal());
        String message = assertThrows(IllegalArgumentException.class, () -> LossConfig.defaults().withRows(LossRows.NEVER_ROTATED)).getMessage();
        assertTrue(message.contains("the shift term is on"), message);
    }
}
