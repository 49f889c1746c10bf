package org.hscl.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a kind of detector is saved: a {@link SafeFolder} of a JSON file with its facts, whose format has a version, and of other
 * files, such as arrays.
 *
 * @param facts the JSON file, which tells this kind of folder from others
 * @param version the format that this code writes, and the newest that it reads
 */
public record SavedFolder(String facts, int version) {

    /** Whether a folder holds such a detector. */
    public boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(facts));
    }

    /**
     * Refuses what {@link #write} would refuse.
     *
     * @throws UncheckedIOException if the folder cannot be written, or holds anything but an older detector of this kind
     */
    public void check(Path folder) {
        try {
            Replaceable.checkFolder(folder, facts);
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    /**
     * Writes a detector, in the place of an older one.
     *
     * @param content a record that becomes the facts, its component {@code version} among them
     * @param others the other files, by name
     * @throws UncheckedIOException if the folder cannot be written, or holds anything but an older detector of this kind
     */
    public void write(Path folder, Object content, Map<String, SafeFiles.Content> others) {
        byte[] json = Json.pretty(content).getBytes(StandardCharsets.UTF_8);
        Map<String, SafeFiles.Content> files = new LinkedHashMap<>();
        files.put(facts, stream -> stream.write(json));
        files.putAll(others);
        try {
            SafeFolder.write(folder, facts, files);
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    private static UncheckedIOException failure(Path folder, IOException e) {
        return new UncheckedIOException("the detector cannot be saved to %s: %s".formatted(folder, e.getMessage()), e);
    }

    /**
     * Reads the facts of a detector and checks all of its files.
     *
     * @param type the record that they are
     * @param others files that must be there as well
     * @throws IOException if the folder or a file is missing or damaged; one sentence
     * @throws DataException if it is of a later version
     */
    public <T> T read(Path folder, Class<T> type, String... others) throws IOException {
        SafeFolder.recover(folder.toAbsolutePath());
        Path file = folder.resolve(facts);
        int found = isIn(folder) ? Json.version(Files.readString(file), file.toString()) : 0;
        if (found > version) { // no damage, whatever else differs
            throw new DataException("%s has format version %d, but this library reads up to %d; use a newer library"
                    .formatted(file, found, version));
        }
        SafeFolder.verify(folder, Stream.concat(Stream.of(facts), Stream.of(others)).toArray(String[]::new));
        return Json.read(Files.readString(file), type, file.toString());
    }

    /** What is told where {@link #read}, or a file beside the facts, fails. */
    public static DataException unreadable(Path folder, IOException e) {
        return new DataException("no detector can be loaded from %s: %s".formatted(folder, e.getMessage()), e);
    }
}
