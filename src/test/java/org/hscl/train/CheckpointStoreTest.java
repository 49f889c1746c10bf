package org.hscl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hscl.detect.Tiny;
import org.hscl.engine.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {

    @TempDir
    Path folder;

    /** Arrays for which the disk has no room. */
    private static final class TooLarge extends NDList {
        private static final long serialVersionUID = 1L;

        @Override
        public void encode(OutputStream stream, Encoding encoding) throws IOException {
            stream.write(new byte[10_000]);
            throw new IOException("No space left on device");
        }
    }

    private static Checkpoint state(int epoch) {
        return new Checkpoint(
                Checkpoint.VERSION, Tiny.config(), "data", epoch, 0, 7, List.of(new float[] {0.1f, 1, 2, 3, 4}), History.empty());
    }

    @Test
    void aFullDiskLeavesTheEarlierCheckpointsWholeAndNothingElse() throws IOException {
        CheckpointStore store = new CheckpointStore(folder, 1);
        try (NDManager manager = Torch.engine().newBaseManager()) {
            NDList arrays = new NDList(manager.ones(new ai.djl.ndarray.types.Shape(3)));
            arrays.get(0).setName("weight");
            store.save(state(1), arrays);
            assertEquals(
                    "No space left on device",
                    assertThrows(IOException.class, () -> store.save(state(2), new TooLarge())).getMessage());
            assertThrows(IOException.class, () -> store.save(state(1), new TooLarge()), "not even in its own place");
            assertEquals(List.of("epoch-0001-step-000000"), names());
            assertEquals(1, CheckpointStore.read(store.newestFirst().get(0)).epoch());
            store.save(state(2), arrays);
            assertEquals(List.of("epoch-0002-step-000000"), names());
        }
    }

    private List<String> names() throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aCheckpointReadsAsItWasWritten() throws IOException {
        CheckpointStore store = new CheckpointStore(folder, 1);
        try (NDManager manager = Torch.engine().newBaseManager()) {
            Path saved = store.save(state(5), new NDList(manager.create(1f)));
            Checkpoint read = CheckpointStore.read(saved);
            assertEquals(Tiny.config(), read.config());
            assertEquals(7, read.optimizerSteps());
            assertEquals(0.1f, read.epochLosses().get(0)[0]);
        }
    }

    @Test
    void aCheckpointOfAnotherFormatIsNoDamage() throws IOException {
        Checkpoint now = state(1);
        Checkpoint later = new Checkpoint(99, now.config(), "data", 1, 0, 7, List.of(), History.empty());
        try (NDManager manager = Torch.engine().newBaseManager()) {
            Path saved = new CheckpointStore(folder, 1).save(later, new NDList(manager.create(1f)));
            assertThrows(TrainingException.class, () -> CheckpointStore.read(saved));
        }
    }
}
