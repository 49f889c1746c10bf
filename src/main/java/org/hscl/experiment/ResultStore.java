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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hscl.data.DataException;
import org.hscl.data.Json;

/**
 * The results of a grid, one JSON line a run in {@code results.jsonl}, and in {@code results-*.jsonl} where several processes
 * share the grid. Each line is forced to the disk before the next run starts, so a kill or a power cut costs at most the run
 * under way: a line that it left unfinished counts for nothing. Of two lines of one experiment the later counts: the lower in a
 * file, the later finished of two files. Each file has one writer: {@code results.jsonl} under a lock, the others by their names,
 * which no other process writes again, so that no lock is needed where the folder lies on a network.
 */
public final class ResultStore implements AutoCloseable {

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
        Path file = folder.resolve(StoreFiles.FIRST);
        try {
            Files.createDirectories(folder);
            RandomAccessFile writer = new RandomAccessFile(file.toFile(), "rw");
            try {
                lock(writer.getChannel());
                byte[] bytes = new byte[Math.toIntExact(writer.length())];
                writer.readFully(bytes); // not by a second handle: POSIX drops the lock when any handle is closed
                int whole = StoreFiles.wholeLines(bytes);
                checkOurs(bytes, whole, file);
                Map<String, Result> results = StoreFiles.merged(StoreFiles.parse(bytes, whole, file), StoreFiles.parts(folder));
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

    /**
     * Opens a folder for writing to a new file of its own, while other processes may write to theirs.
     *
     * @param part what the file is named after, such as {@code 1of4}
     * @throws DataException if a line that is there is damaged
     * @throws UncheckedIOException if the folder cannot be written
     */
    public static ResultStore openPart(Path folder, String part) {
        try {
            Files.createDirectories(folder);
            Map<String, Result> results = StoreFiles.whole(folder);
            Path file = StoreFiles.newFile(folder, part);
            return new ResultStore(file, new RandomAccessFile(file.toFile(), "rw"), results);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written (%s); choose another folder".formatted(folder, e.getMessage()), e);
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
        try {
            if (StoreFiles.files(folder).isEmpty()) {
                throw new NoSuchFileException(StoreFiles.FIRST, null, "there are no results");
            }
            return List.copyOf(StoreFiles.whole(folder).values());
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read (%s); run a grid with this folder first".formatted(
                    folder.resolve(StoreFiles.FIRST), e instanceof NoSuchFileException ? "there is none" : e.getMessage()), e);
        }
    }

    /** What a folder holds, or nothing where no grid has written there yet. */
    public static List<Result> readIfThere(Path folder) {
        try {
            return List.copyOf(StoreFiles.whole(folder).values());
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read (%s)".formatted(folder, e.getMessage()), e);
        }
    }

    /** An unfinished last line is dropped only where a result was begun. */
    private static void checkOurs(byte[] bytes, int whole, Path file) {
        String rest = new String(bytes, whole, bytes.length - whole, StandardCharsets.UTF_8);
        if (!rest.startsWith(START) && !START.startsWith(rest)) {
            throw new DataException("%s ends with something that no grid wrote; choose another folder".formatted(file));
        }
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
            boolean unused = writer.length() == 0;
            writer.close();
            if (unused && !file.endsWith(StoreFiles.FIRST)) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be closed", e);
        }
    }
}
