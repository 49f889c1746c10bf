package org.hscl.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hscl.data.Json;

/** The files of a store: {@code results.jsonl}, and {@code results-*.jsonl} of processes that share a grid. */
final class StoreFiles {

    static final String FIRST = "results.jsonl";
    private static final String PARTS = "results-*.jsonl";

    private StoreFiles() {}

    /** Creating a file is atomic on a network too: of two processes that choose one name one gets it. */
    static Path newFile(Path folder, String part) throws IOException {
        for (long moment = System.currentTimeMillis(); ; moment++) {
            try {
                return Files.createFile(folder.resolve("results-%s-%d.jsonl".formatted(part, moment)));
            } catch (FileAlreadyExistsException e) {
                // Another process began in this millisecond; the next is free.
            }
        }
    }

    static Map<String, Result> whole(Path folder) throws IOException {
        return merged(Map.of(), files(folder));
    }

    /** The first file, then the parts by their names. */
    static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>(parts(folder));
        Path first = folder.resolve(FIRST);
        if (Files.exists(first)) {
            files.add(0, first);
        }
        return files;
    }

    static List<Path> parts(Path folder) throws IOException {
        List<Path> parts = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, PARTS)) {
                found.forEach(parts::add);
            }
        }
        Collections.sort(parts);
        return parts;
    }

    /** Results with those of files, of each experiment the one that finished last. */
    static Map<String, Result> merged(Map<String, Result> first, List<Path> files) throws IOException {
        Map<String, Result> all = new LinkedHashMap<>(first);
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            parse(bytes, wholeLines(bytes), file).forEach((id, result) -> all.merge(id, result, StoreFiles::later));
        }
        return all;
    }

    private static Result later(Result known, Result other) {
        return finished(other).isBefore(finished(known)) ? known : other;
    }

    private static Instant finished(Result result) {
        return Instant.parse(result.circumstances().finished());
    }

    /** Bytes up to the end of the last line that was written whole, its line break included. */
    static int wholeLines(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    static Map<String, Result> parse(byte[] bytes, int end, Path file) {
        Map<String, Result> results = new LinkedHashMap<>();
        int number = 0;
        for (String line : new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList()) {
            Result result = Json.read(line, Result.class, "%s, line %d,".formatted(file, ++number));
            results.put(result.id(), result);
        }
        return results;
    }
}
