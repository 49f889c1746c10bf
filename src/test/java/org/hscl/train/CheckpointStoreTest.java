package org.hscl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hscl.detect.Tiny;
import org.hscl.engine.Torch;
import org.hscl.train.CheckpointStore.Checkpoint;
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
            assertEquals(new ObjectMapper().valueToTree(state(5)).toString(), new ObjectMapper().valueToTree(read).toString());
            NDArray array = NDList.decode(manager, Files.newInputStream(CheckpointStore.arrays(saved))).singletonOrThrow();
            assertEquals(1f, array.getFloat());
        }
    }

    @Test
    void aCheckpointOfALaterFormatIsNoDamage() throws IOException {
        Path later = Files.createDirectory(folder.resolve("epoch-0001-step-000000"));
        Files.writeString(later.resolve("checkpoint.json"), "{\"version\": 99, \"config\": \"of another form\"}");
        String sentence = assertThrows(TrainingException.class, () -> CheckpointStore.read(later)).getMessage();
        assertTrue(sentence.contains("version 99, but this library reads up to 2"), sentence);
        assertEquals(List.of("epoch-0001-step-000000"), names(), "it is not set aside");
    }

    @Test
    void whatIsNotACheckpointIsNeitherReadNorDeleted() throws IOException {
        Files.createDirectories(folder.resolve("epoch-notes"));
        Files.writeString(folder.resolve("epoch-0009-step-000000"), "a file");
        Files.writeString(Files.createDirectory(folder.resolve(".epoch-0002-step-000000.writing")).resolve("arrays.npz"), "half");
        CheckpointStore store = new CheckpointStore(folder, 1);
        try (NDManager manager = Torch.engine().newBaseManager()) {
            store.save(state(9_999), new NDList(manager.create(1f)));
            Path newest = store.save(state(10_000), new NDList(manager.create(1f)));
            assertEquals(List.of(newest), store.newestFirst(), "numbers, not letters, say which is newer");
            Files.writeString(newest.resolve("notes.txt"), "mine");
        }
        store.tidy();
        store.deleteAll();
        assertEquals(List.of("epoch-0009-step-000000", "epoch-10000-step-000000", "epoch-notes"), names());
        assertEquals("mine", Files.readString(folder.resolve("epoch-10000-step-000000/notes.txt")));
    }

    @Test
    void aKillInTheMiddleOfADeletionLeavesNothingToTripOver() throws IOException {
        CheckpointStore store = new CheckpointStore(folder, 1);
        try (NDManager manager = Torch.engine().newBaseManager()) {
            NDList arrays = new NDList(manager.create(1f));
            Path old = new CheckpointStore(folder, 2).save(state(1), arrays);
            new CheckpointStore(folder, 2).save(state(2), arrays);
            Files.delete(old.resolve("checkpoint.json"));
        }
        store.tidy();
        assertEquals(List.of("epoch-0002-step-000000"), names());
    }
}
