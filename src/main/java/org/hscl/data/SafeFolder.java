package org.hscl.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder that is whole or not there: its files are written aside, forced to the disk, listed with their checksums in
 * {@value #CHECKSUMS} (which {@code sha256sum -c} reads), and renamed together. A kill or a full disk at any moment leaves
 * what was there before.
 */
public final class SafeFolder {

    /** The list of checksums. */
    public static final String CHECKSUMS = "SHA256SUMS";

    /** Tells the writers in this process apart. */
    private static final AtomicLong COUNT = new AtomicLong();

    private SafeFolder() {}

    /**
     * Writes a folder, in place of an older one of the same kind if there is one.
     *
     * @param marker the file that tells this kind of folder from others
     * @param files content by file name
     * @throws IOException if a file cannot be written, or the folder holds anything else; all that was there is then still there
     */
    public static void write(Path folder, String marker, Map<String, SafeFiles.Content> files) throws IOException {
        Path whole = Replaceable.real(folder);
        Path aside = beside(whole, "%s-%s.writing".formatted(ProcessHandle.current().pid(), COUNT.incrementAndGet()));
        Path replaced = beside(whole, "replaced");
        Files.createDirectories(whole.getParent());
        recover(whole);
        deleteUnfinished(whole);
        Replaceable.checkFolder(whole, marker);
        try {
            Files.createDirectory(aside);
            StringBuilder sums = new StringBuilder();
            for (Map.Entry<String, SafeFiles.Content> file : files.entrySet()) {
                sums.append(write(aside.resolve(file.getKey()), file.getValue())).append("  ").append(file.getKey()).append('\n');
            }
            byte[] text = sums.toString().getBytes(StandardCharsets.UTF_8);
            SafeFiles.write(aside.resolve(CHECKSUMS), stream -> stream.write(text));
            SafeFiles.force(aside);
            SafeFiles.deleteFolder(replaced);
            SafeFiles.keepMode(whole, aside);
            if (Files.exists(whole)) {
                SafeFiles.move(whole, replaced);
            }
            SafeFiles.move(aside, whole);
        } catch (DirectoryNotEmptyException e) {
            throw new IOException("another process was writing to it at the same time; one of the two is there, whole", e);
        } finally {
            SafeFiles.deleteFolder(aside); // frees the space of an unfinished one
            recover(whole);
        }
        SafeFiles.deleteFolder(replaced);
    }

    /**
     * Checks that each file has the checksum that it was written with.
     *
     * @param expected files that must be among them, so that an empty list proves nothing
     * @throws IOException if the folder or a file is missing or damaged; one sentence
     */
    public static void verify(Path folder, String... expected) throws IOException {
        recover(Replaceable.real(folder));
        Path list = folder.resolve(CHECKSUMS);
        if (!Files.isRegularFile(list)) {
            throw new IOException(list + " is missing");
        }
        Set<String> listed = new HashSet<>();
        for (String line : Files.readString(list).lines().toList()) {
            String[] parts = line.split(" {2}", 2);
            Path file = folder.resolve(parts[parts.length - 1]);
            if (!Files.isRegularFile(file)) {
                throw new IOException(file + " is missing");
            }
            if (!SafeFiles.sha256(file).equals(parts[0])) {
                throw new IOException(file + " does not have the checksum that it was saved with");
            }
            listed.add(parts[parts.length - 1]);
        }
        for (String file : expected) {
            if (!listed.contains(file)) {
                throw new IOException("%s does not list %s".formatted(list, file));
            }
        }
    }

    /** A kill between the two renames of {@link #write} leaves only the older folder, under another name. */
    public static void recover(Path whole) throws IOException {
        Path replaced = beside(whole, "replaced");
        if (Files.exists(replaced) && !Files.exists(whole)) {
            SafeFiles.move(replaced, whole);
        }
    }

    /** What killed writers have left; that of a living one is its own, of which the first to be whole stays. */
    private static void deleteUnfinished(Path whole) throws IOException {
        Pattern unfinished = Pattern.compile("\\." + Pattern.quote(whole.getFileName().toString()) + "\\.((\\d{1,18})-\\d+\\.)?writing");
        try (Stream<Path> entries = Files.list(whole.getParent())) {
            for (Path entry : entries.toList()) {
                Matcher name = unfinished.matcher(entry.getFileName().toString());
                if (name.matches() && (name.group(2) == null || ProcessHandle.of(Long.parseLong(name.group(2))).isEmpty())) {
                    SafeFiles.deleteFolder(entry);
                }
            }
        }
    }

    private static Path beside(Path folder, String purpose) {
        return folder.resolveSibling("." + folder.getFileName() + "." + purpose);
    }

    private static String write(Path file, SafeFiles.Content content) throws IOException {
        MessageDigest digest = SafeFiles.sha256();
        SafeFiles.write(file, stream -> {
            DigestOutputStream digesting = new DigestOutputStream(stream, digest);
            content.writeTo(digesting);
            digesting.flush();
        });
        return HexFormat.of().formatHex(digest.digest());
    }
}
