package org.hscl.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What may be replaced: nothing but what this library wrote before. Asked before long work, so that nothing is lost after it. */
public final class Replaceable {

    private static final int NAMED = 3;

    private Replaceable() {}

    /**
     * Refuses a file that cannot be written, or whose content is of another kind.
     *
     * @param start what such a file starts with, as its first column names
     * @throws IOException one sentence that names what is there
     */
    public static void checkFile(Path file, String start) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder; give the name of a file");
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new IOException(file + " is write-protected; give another name");
        }
        if (Files.isRegularFile(file) && !startsWith(file, start)) {
            throw new IOException("%s holds something else, which would be lost; give another name or remove it".formatted(file));
        }
        if (!Files.exists(file) || Files.isRegularFile(file)) {
            checkWritable(real(file));
        }
    }

    private static boolean startsWith(Path file, String start) throws IOException {
        byte[] wanted = start.getBytes(StandardCharsets.UTF_8);
        try (InputStream stream = Files.newInputStream(file)) {
            return start.startsWith(new String(stream.readNBytes(wanted.length), StandardCharsets.UTF_8)); // less after a kill
        }
    }

    /**
     * Refuses a folder that cannot be written, or that holds anything that {@link SafeFolder} did not write.
     *
     * @param marker a file that tells this kind of folder from others
     * @throws IOException one sentence that names what is there
     */
    public static void checkFolder(Path folder, String marker) throws IOException {
        Path whole = real(folder);
        if (Files.exists(whole) && !Files.isDirectory(whole)) {
            throw new IOException(folder + " is a file; give the name of a new folder");
        }
        List<String> foreign = Files.exists(whole) ? foreign(whole, marker) : List.of();
        if (!foreign.isEmpty()) {
            String more = foreign.size() > NAMED ? " and %d more".formatted(foreign.size() - NAMED) : "";
            throw new IOException("%s holds %s%s, which would be lost; give the name of a new folder".formatted(
                    folder, String.join(", ", foreign.subList(0, Math.min(NAMED, foreign.size()))), more));
        }
        if (Path.of("").toRealPath().startsWith(whole)) {
            throw new IOException(folder + " is the working folder or above it; give the name of a new folder");
        }
        checkWritable(whole);
    }

    /** Entries that no earlier call has written. */
    private static List<String> foreign(Path folder, String marker) throws IOException {
        Path list = folder.resolve(SafeFolder.CHECKSUMS);
        Set<String> ours = new HashSet<>();
        if (Files.isRegularFile(list)) {
            Files.readString(list).lines().filter(line -> line.contains("  ")).forEach(line -> ours.add(line.split(" {2}", 2)[1]));
        }
        if (ours.contains(marker)) {
            ours.add(SafeFolder.CHECKSUMS);
        } else {
            ours.clear();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> Files.isDirectory(path) || !ours.contains(path.getFileName().toString()))
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** Tries it, since permissions do not tell of a full or special file system. */
    private static void checkWritable(Path target) throws IOException {
        Path there = target.getParent();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        try {
            Files.delete(Files.createTempFile(there, ".hscl-", ".tmp"));
        } catch (IOException e) {
            throw new IOException("%s cannot be written, as %s takes no new file (%s); choose another place"
                    .formatted(target, there, Files.isDirectory(there) ? e.getClass().getSimpleName() : "it is no folder"), e);
        }
    }

    /** The place that a path means: links followed, also where nothing is there yet. */
    static Path real(Path path) throws IOException {
        Path place = path.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(place) && !Files.exists(place); links++) {
            if (links == 40) {
                throw new IOException(path + " is a loop of links; remove it");
            }
            place = place.resolveSibling(Files.readSymbolicLink(place));
        }
        if (Files.exists(place)) {
            return place.toRealPath();
        }
        Path parent = place.getParent();
        return place.getFileName().toString().equals("..") ? real(parent).getParent() : real(parent).resolve(place.getFileName());
    }
}
