package org.hscl.train;

import ai.djl.ndarray.NDList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hscl.data.FolderLock;
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

    /** Numbers in the digits of any language: earlier versions wrote those of the system's. */
    private static final Pattern NAME =
            Pattern.compile("epoch-(\\d{4,})-step-(\\d{6,})", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern UNFINISHED = Pattern.compile("\\." + NAME + "\\.((\\d+-\\d+\\.)?writing|replaced)", Pattern.UNICODE_CHARACTER_CLASS);

    /** Saves a checkpoint and deletes the oldest beyond those kept. */
    Path save(Checkpoint state, NDList arrays) throws IOException {
        byte[] json = Json.pretty(state).getBytes(StandardCharsets.UTF_8);
        Map<String, SafeFiles.Content> files = new LinkedHashMap<>();
        files.put(ARRAYS, stream -> arrays.encode(stream, NDList.Encoding.NPZ));
        files.put(STATE, stream -> stream.write(json));
        Path target = folder.resolve(String.format(Locale.ROOT, PREFIX + "%04d-step-%06d", state.epoch(), state.step()));
        SafeFolder.write(target, STATE, files);
        deleteOld();
        return target;
    }

    private void deleteOld() throws IOException {
        List<Path> all = newestFirst();
        for (Path old : all.subList(Math.min(keepLast, all.size()), all.size())) {
            delete(old);
        }
    }

    /** The checkpoints' folders, newest first; whatever else lies there is not ours. */
    List<Path> newestFirst() throws IOException {
        return named(NAME).stream()
                .sorted(Comparator.comparing((Path path) -> number(path, 1)).thenComparing(path -> number(path, 2)).reversed())
                .toList();
    }

    private static long number(Path checkpoint, int group) {
        Matcher name = NAME.matcher(checkpoint.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(group)) : -1;
    }

    private List<Path> named(Pattern pattern) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> Files.isDirectory(path) && pattern.matcher(path.getFileName().toString()).matches())
                    .toList();
        }
    }

    /** What a kill has left of a save: an older checkpoint returns to its name, the unfinished one goes, and what was being deleted. */
    void tidy() throws IOException {
        for (Path unfinished : named(UNFINISHED)) {
            String name = unfinished.getFileName().toString();
            SafeFolder.recover(folder.resolve(name.substring(1, name.indexOf('.', 1))).toAbsolutePath());
            delete(unfinished);
        }
        deleteOld();
    }

    /** Deletes the files of a checkpoint, and its folder if it holds nothing else. */
    static void delete(Path checkpoint) throws IOException {
        for (String name : List.of(STATE, ARRAYS, SafeFolder.CHECKSUMS)) {
            Files.deleteIfExists(checkpoint.resolve(name));
        }
        try {
            Files.deleteIfExists(checkpoint);
        } catch (DirectoryNotEmptyException e) {
            // What is left was put there by the user.
        }
    }

    /** Deletes all checkpoints, damaged ones too, and the folder if it holds nothing else. */
    void deleteAll() throws IOException {
        tidy();
        for (Path checkpoint : named(Pattern.compile("(damaged-)*" + NAME, Pattern.UNICODE_CHARACTER_CLASS))) {
            delete(checkpoint);
        }
        try {
            Files.deleteIfExists(folder.resolve(FolderLock.FILE));
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // What is left was put there by the user.
        }
    }

    /**
     * Reads the state of one checkpoint and checks its files.
     *
     * @throws IOException if a file is missing or does not have the checksum it was saved with
     * @throws TrainingException if another version of this library wrote it
     */
    static Checkpoint read(Path checkpoint) throws IOException {
        SafeFolder.recover(checkpoint.toAbsolutePath());
        Path file = checkpoint.resolve(STATE);
        int version = Files.isRegularFile(file) ? Json.version(Files.readString(file), file.toString()) : 0;
        if (version > Checkpoint.VERSION) { // no damage, whatever else differs
            throw new TrainingException("%s has format version %d, but this library reads up to %d; use a newer library or another folder"
                    .formatted(file, version, Checkpoint.VERSION));
        }
        SafeFolder.verify(checkpoint, ARRAYS, STATE);
        return Json.read(Files.readString(file), Checkpoint.class, file.toString());
    }

    static Path arrays(Path checkpoint) {
        return checkpoint.resolve(ARRAYS);
    }

    /** Renames a damaged checkpoint, so that it neither counts as the newest nor pushes a whole one out. */
    Path setAside(Path checkpoint) throws IOException {
        Path damaged = checkpoint.resolveSibling("damaged-" + checkpoint.getFileName());
        while (Files.exists(damaged)) {
            damaged = damaged.resolveSibling("damaged-" + damaged.getFileName());
        }
        SafeFiles.move(checkpoint, damaged);
        return damaged;
    }

    /**
     * What a checkpoint says of a training; the arrays lie beside it. Randomness needs no entry: every draw is a function of the
     * seed, the epoch and the step.
     *
     * @param version of the format, {@link #VERSION}
     * @param config the training's configuration
     * @param data fingerprint of the training images and labels
     * @param epoch epochs done
     * @param step steps done in the epoch under way
     * @param optimizerSteps steps that Adam has taken
     * @param epochLosses losses of the steps done in the epoch under way: the total, then the terms of the loss
     * @param history the epochs done
     */
    record Checkpoint(
            int version,
            HsclConfig config,
            String data,
            int epoch,
            int step,
            long optimizerSteps,
            List<float[]> epochLosses,
            History history) {

        /** The format that this code writes; it reads earlier ones too. Version 2 names the losses of the history. */
        public static final int VERSION = 2;

        /** Copies the lists. */
        public Checkpoint {
            epochLosses = List.copyOf(epochLosses);
        }
    }
}
