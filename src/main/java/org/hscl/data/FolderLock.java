package org.hscl.data;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps a folder for one writer at a time, in this process or another; a kill frees it. */
public final class FolderLock implements AutoCloseable {

    /** An empty hidden file, which stays. */
    public static final String FILE = ".lock";

    private final RandomAccessFile file;

    private FolderLock(RandomAccessFile file) {
        this.file = file;
    }

    /**
     * Takes a folder, which is created where it is not there.
     *
     * @throws IOException if another writer has it, or it cannot be written
     */
    public static FolderLock of(Path folder) throws IOException {
        Files.createDirectories(folder);
        RandomAccessFile file = new RandomAccessFile(folder.resolve(FILE).toFile(), "rw");
        boolean interrupted = Thread.interrupted(); // a channel closes itself when its thread is interrupted
        try {
            if (file.getChannel().tryLock() != null) {
                return new FolderLock(file);
            }
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it: the same answer as for another process.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        file.close();
        throw new IOException("another process is writing to it");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
