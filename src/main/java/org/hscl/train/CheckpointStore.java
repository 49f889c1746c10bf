package org.hscl.train;

import ai.djl.ndarray.NDList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hscl.data.Json;
import org.hscl.data.SafeFiles;
import org.hscl.data.SafeFolder;

/**
 * A folder of checkpoints, each a {@link SafeFolder} {@code epoch-EEEE-step-SSSSSS} with {@code arrays.npz} (weights, running
 * statistics, Adam's moments) and {@code checkpoint.json}.
 *
 * @param folder holds them
 * @param keepLast how many are kept
 */
record CheckpointStore(Path folder, int keepLast) {

    private static final String ARRAYS = "arrays.npz";
    private static final String STATE = "checkpoint.json";
    private static final String PREFIX = "epoch-";

    /** Saves a checkpoint and deletes the oldest beyond those kept. */
    Path save(Checkpoint state, NDList arrays) throws IOException {
        byte[] json = Json.pretty(state).getBytes(StandardCharsets.UTF_8);
        Map<String, SafeFiles.Content> files = new LinkedHashMap<>();
        files.put(ARRAYS, stream -> arrays.encode(stream, NDList.Encoding.NPZ));
        files.put(STATE, stream -> stream.write(json));
        Path target = folder.resolve((PREFIX + "%04d-step-%06d").formatted(state.epoch(), state.step()));
        SafeFolder.write(target, files);
        List<Path> all = newestFirst();
        for (Path old : all.subList(Math.min(keepLast, all.size()), all.size())) {
            SafeFiles.deleteFolder(old);
        }
        return target;
    }

    /** The checkpoints' folders, newest first. */
    List<Path> newestFirst() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    /**
     * Reads the state of one checkpoint and checks its files.
     *
     * @throws IOException if a file is missing or does not have the checksum it was saved with
     * @throws TrainingException if another version of this library wrote it
     */
    static Checkpoint read(Path checkpoint) throws IOException {
        SafeFolder.verify(checkpoint);
        Path file = checkpoint.resolve(STATE);
        Checkpoint state = Json.read(Files.readString(file), Checkpoint.class, file.toString());
        if (state.version() != Checkpoint.VERSION) {
            throw new TrainingException("%s has format version %d, but this library reads %d; use another folder"
                    .formatted(file, state.version(), Checkpoint.VERSION));
        }
        return state;
    }

    static Path arrays(Path checkpoint) {
        return checkpoint.resolve(ARRAYS);
    }

    /** Renames a damaged checkpoint, so that it neither counts as the newest nor pushes a whole one out. */
    Path setAside(Path checkpoint) throws IOException {
        Path damaged = checkpoint.resolveSibling("damaged-" + checkpoint.getFileName());
        SafeFiles.deleteFolder(damaged);
        SafeFiles.move(checkpoint, damaged);
        return damaged;
    }
}
