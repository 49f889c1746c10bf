package org.hscl.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.hscl.data.DataFolder;
import org.hscl.data.DataSets;
import org.hscl.data.TrainTest;

/**
 * Measures how long 60,000 images of CIFAR's shape take to load and how much heap that takes at most; the aim is under 2 s
 * and under 400 MB. Run {@link #main}, with {@code -Xmx400m} to hold the second aim.
 */
public final class LoadingBench {

    private static final int PER_BATCH = 10_000;
    private static final int RECORD = 3073;
    private static final String CLASSES = "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n";

    private LoadingBench() {}

    /** Loads the packed and the unpacked set three times each and prints seconds and megabytes. */
    public static void main(String[] arguments) throws IOException {
        Path packed = Files.createTempDirectory("bench-packed");
        Path unpacked = Files.createTempDirectory("bench-unpacked");
        try {
            write(
                    packed.resolve("cifar-10-binary.tar.gz"),
                    Files.createDirectories(unpacked.resolve("cifar-10-batches-bin")));
            for (int run = 0; run < 3; run++) {
                measure("tar.gz", packed);
                measure("folder", unpacked);
            }
        } finally {
            delete(packed);
            delete(unpacked);
        }
    }

    private static void measure(String kind, Path folder) {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        long start = System.nanoTime();
        TrainTest data = DataSets.cifar10(DataFolder.defaults().withPath(folder));
        double seconds = (System.nanoTime() - start) / 1e9;
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.printf(
                "%s: %d images in %.2f s, %d MB at most%n",
                kind, data.train().count() + data.test().count(), seconds, peak >> 20);
    }

    /** Smooth images with some noise, which compress about as well as photographs. */
    private static byte[] batch(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] records = new byte[PER_BATCH * RECORD];
        for (int i = 0; i < records.length; i++) {
            int value = i % RECORD;
            records[i] = (byte)
                    (value == 0
                            ? i / RECORD % 10
                            : 128 + 80 * Math.sin(value / 40.0 + i / RECORD) + random.nextInt(40));
        }
        return records;
    }

    private static void write(Path archive, Path folder) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            add(tar, folder, "batches.meta.txt", CLASSES.getBytes(StandardCharsets.UTF_8));
            for (int i = 1; i <= 5; i++) {
                add(tar, folder, "data_batch_" + i + ".bin", batch(i));
            }
            add(tar, folder, "test_batch.bin", batch(6));
        }
    }

    private static void add(TarArchiveOutputStream tar, Path folder, String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
        TarArchiveEntry entry = new TarArchiveEntry("cifar-10-batches-bin/" + name);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
