package org.hscl.data;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;

/** Files that are either whole or not there: written aside, forced to the disk, then renamed. */
public final class SafeFiles {

    private SafeFiles() {}

    /** What is written. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it. */
        void writeTo(OutputStream stream) throws IOException;
    }

    /** Writes a file and forces it to the disk. An interruption of the thread does not break it off. */
    public static void write(Path file, Content content) throws IOException {
        try (FileOutputStream stream = new FileOutputStream(file.toFile())) {
            content.writeTo(stream);
            stream.flush();
            stream.getFD().sync();
        }
    }

    /**
     * Replaces a file at once: a reader sees the old content or the new, never a part. A link is followed, a device or a pipe
     * is written to, and a file that is replaced keeps its permissions.
     */
    public static void replace(Path file, Content content) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            try (OutputStream stream = Files.newOutputStream(file)) {
                content.writeTo(stream);
            }
            return;
        }
        Path target = target(file);
        Files.createDirectories(target.getParent());
        Path aside = target.resolveSibling(".hscl-" + UUID.randomUUID() + ".tmp");
        try {
            write(aside, content);
            takePlace(aside, target);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /** The place that a name means: links are followed, also where nothing is there yet. */
    public static Path target(Path file) throws IOException {
        return Replaceable.real(file);
    }

    /** Renames a whole file to the place of an older one beside it, which may not be there, and gives it that one's permissions. */
    public static void takePlace(Path newer, Path older) throws IOException {
        keepMode(older, newer);
        move(newer, older);
    }

    /** Gives what takes the place of an older file or folder its permissions; a new one has those of the umask. */
    static void keepMode(Path older, Path newer) throws IOException {
        if (Files.exists(older) && Files.getFileAttributeView(older, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(newer, Files.getPosixFilePermissions(older));
        }
    }

    /** Renames and forces the folder, so that the new name survives a power cut. */
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(to.toAbsolutePath().getParent());
    }

    /** Forces the names in a folder to the disk. */
    static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows cannot open a folder, and an interrupted thread cannot wait for it; the files themselves are there.
            if (!(e instanceof ClosedByInterruptException) && !System.getProperty("os.name").startsWith("Windows")) {
                throw e;
            }
        }
    }

    /** The SHA-256 of a file, in hexadecimal. */
    public static String sha256(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream stream = new DigestInputStream(Files.newInputStream(file), digest)) {
            stream.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A fresh SHA-256. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Deletes a folder and what it holds; nothing happens if it is not there. */
    public static void deleteFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
