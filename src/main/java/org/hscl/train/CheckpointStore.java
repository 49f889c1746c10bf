package org.hscl.train;

import ai.djl.ndarray.NDList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.hscl.data.Json;
import org.hscl.data.SafeFiles;

/**
 * A folder of checkpoints, each a folder {@code epoch-EEEE-step-SSSSSS} with {@code arrays.npz} (weights, running statistics,
 * Adam's moments) and {@code checkpoint.json}. A checkpoint is written aside, forced to the disk and renamed, so a kill or a
 * full disk at any moment leaves the earlier ones whole.
 */
final class CheckpointStore {

    private static final String ARRAYS = "arrays.npz";
    private static final String STATE = "checkpoint.json";
    private static final String ASIDE = ".writing";

    private final CheckpointConfig config;

    CheckpointStore(CheckpointConfig config) {
        this.config = config;
    }

    /** Saves a checkpoint and deletes the oldest beyond those kept. */
    void save(Checkpoint state, NDList arrays) throws IOException {
        Files.createDirectories(config.folder());
        Path aside = config.folder().resolve(ASIDE);
        SafeFiles.deleteFolder(aside);
        Files.createDirectory(aside);
        SafeFiles.write(aside.resolve(ARRAYS), stream -> arrays.encode(stream, NDList.Encoding.NPZ));
        Checkpoint whole = state.withArraysSha256(SafeFiles.sha256(aside.resolve(ARRAYS)));
        byte[] json = Json.pretty(whole).getBytes(StandardCharsets.UTF_8);
        SafeFiles.write(aside.resolve(STATE), stream -> stream.write(json));
        Path target = config.folder().resolve("epoch-%04d-step-%06d".formatted(state.epoch(), state.step()));
        SafeFiles.deleteFolder(target);
        SafeFiles.move(aside, target);
        List<Path> all = newestFirst();
        for (Path old : all.subList(Math.min(config.keepLast(), all.size()), all.size())) {
            SafeFiles.deleteFolder(old);
        }
    }

    /** The checkpoints' folders, newest first. */
    List<Path> newestFirst() throws IOException {
        if (!Files.isDirectory(config.folder())) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(config.folder())) {
            return entries.filter(path -> path.getFileName().toString().startsWith("epoch-"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    /**
     * Reads the state of one checkpoint and checks its arrays.
     *
     * @throws IOException if a file is missing or does not have the checksum it was saved with
     */
    static Checkpoint read(Path checkpoint) throws IOException {
        Path file = checkpoint.resolve(STATE);
        Checkpoint state = Json.read(Files.readString(file), Checkpoint.class, file.toString());
        if (state.version() != Checkpoint.VERSION) {
            throw new IOException("%s has format version %d; this code reads %d"
                    .formatted(file, state.version(), Checkpoint.VERSION));
        }
        if (!SafeFiles.sha256(arrays(checkpoint)).equals(state.arraysSha256())) {
            throw new IOException(arrays(checkpoint) + " does not have the checksum that it was saved with");
        }
        return state;
    }

    static Path arrays(Path checkpoint) {
        return checkpoint.resolve(ARRAYS);
    }
}
