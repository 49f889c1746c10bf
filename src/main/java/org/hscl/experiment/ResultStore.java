package org.hscl.experiment;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hscl.data.DataException;
import org.hscl.data.Json;

/**
 * The results of a grid, one JSON line a run in {@code results.jsonl}. Each line is forced to the disk before the next run
 * starts, so a kill or a power cut costs at most the run under way: a line that it left unfinished is dropped at the next
 * opening. Of two lines of one experiment the later counts. One process writes at a time.
 */
public final class ResultStore implements AutoCloseable {

    private static final String FILE = "results.jsonl";
    private static final String START = "{\"id\":\"";

    private final Path file;
    private final RandomAccessFile writer; // a channel would close itself when the thread is interrupted, and lose a result
    private final Map<String, Result> results;

    private ResultStore(Path file, RandomAccessFile writer, Map<String, Result> results) {
        this.file = file;
        this.writer = writer;
        this.results = results;
    }

    /**
     * Opens a folder for writing and drops an unfinished last line.
     *
     * @param folder created where it is not there
     * @throws DataException if an earlier line is damaged
     * @throws UncheckedIOException if the folder cannot be written, or another grid is writing to it
     */
    public static ResultStore open(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            RandomAccessFile writer = new RandomAccessFile(file.toFile(), "rw");
            try {
                lock(writer.getChannel());
                byte[] bytes = new byte[Math.toIntExact(writer.length())];
                writer.readFully(bytes); // not by a second handle: POSIX drops the lock when any handle is closed
                int whole = wholeLines(bytes);
                checkOurs(bytes, whole, file);
                Map<String, Result> results = parse(bytes, whole, file);
                writer.setLength(whole);
                writer.seek(whole);
                return new ResultStore(file, writer, results);
            } catch (IOException | RuntimeException e) {
                writer.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be opened (%s); choose another folder"
                    .formatted(file, e.getMessage()), e);
        }
    }

    private static void lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it: the same answer as for another process.
        }
        throw new IOException("another grid is writing to it");
    }

    /**
     * What a folder holds, the latest of each experiment, in the order of first writing; may be read while a grid is running.
     *
     * @throws UncheckedIOException if there are no results to read
     */
    public static List<Result> read(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            byte[] bytes = Files.readAllBytes(file);
            return List.copyOf(parse(bytes, wholeLines(bytes), file).values());
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read (%s); run a grid with this folder first"
                    .formatted(file, e instanceof NoSuchFileException ? "there is none" : e.getMessage()), e);
        }
    }

    /** What a folder holds, or nothing where no grid has written there yet. */
    public static List<Result> readIfThere(Path folder) {
        return Files.exists(folder.resolve(FILE)) ? read(folder) : List.of();
    }

    /** Bytes up to the end of the last line that was written whole, its line break included. */
    private static int wholeLines(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** An unfinished last line is dropped only where a result was begun. */
    private static void checkOurs(byte[] bytes, int whole, Path file) {
        String rest = new String(bytes, whole, bytes.length - whole, StandardCharsets.UTF_8);
        if (!rest.startsWith(START) && !START.startsWith(rest)) {
            throw new DataException("%s ends with something that no grid wrote; choose another folder".formatted(file));
        }
    }

    private static Map<String, Result> parse(byte[] bytes, int end, Path file) {
        Map<String, Result> results = new LinkedHashMap<>();
        int number = 0;
        for (String line : new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList()) {
            Result result = Json.read(line, Result.class, "%s, line %d,".formatted(file, ++number));
            results.put(result.id(), result);
        }
        return results;
    }

    /**
     * Adds a result and forces it to the disk.
     *
     * @throws UncheckedIOException if the disk does not take it
     */
    public void append(Result result) {
        try {
            writer.write((Json.line(result) + "\n").getBytes(StandardCharsets.UTF_8));
            writer.getFD().sync();
        } catch (IOException e) {
            throw new UncheckedIOException("%s did not take a result (%s); free some disk space and start the grid again"
                    .formatted(file, e), e);
        }
        results.put(result.id(), result);
    }

    /** The latest result of an experiment. */
    public Optional<Result> find(String id) {
        return Optional.ofNullable(results.get(id));
    }

    /** The latest result of each experiment, in the order of first writing. */
    public List<Result> all() {
        return List.copyOf(results.values());
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be closed", e);
        }
    }
}
