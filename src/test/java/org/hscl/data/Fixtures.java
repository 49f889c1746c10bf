package org.hscl.data;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.function.Executable;

/** Tiny faithful files of each format. */
final class Fixtures {

    private Fixtures() {}

    /** A data folder without a system's packages. */
    static DataFolder folder(Path path) {
        return DataFolder.defaults().withPath(path).withOthers(List.of());
    }

    static Path write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    static byte[] idx(byte[] values, int... shape) {
        ByteBuffer buffer =
                ByteBuffer.allocate(4 + 4 * shape.length + values.length).putInt(0x0800 | shape.length);
        for (int dimension : shape) {
            buffer.putInt(dimension);
        }
        return buffer.put(values).array();
    }

    static byte[] tarGz(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(packed))) {
            for (Map.Entry<String, byte[]> file : entries.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return packed.toByteArray();
    }

    /** CIFAR records: the label bytes, then values that count up from the record's number. */
    static byte[] cifarRecords(int[]... labels) {
        ByteBuffer buffer = ByteBuffer.allocate(labels.length * (labels[0].length + 3072));
        for (int[] of : labels) {
            for (int label : of) {
                buffer.put((byte) label);
            }
            for (int i = 0; i < 3072; i++) {
                buffer.put((byte) (of[of.length - 1] + i / 12));
            }
        }
        return buffer.array();
    }

    /** A picture whose pixel (x, y) is (10·x, 10·y, blue). */
    static Path picture(Path file, int width, int height, int blue) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, 10 * x % 256 << 16 | 10 * y % 256 << 8 | blue);
            }
        }
        return save(file, picture);
    }

    static Path save(Path file, BufferedImage picture) {
        String name = file.getFileName().toString();
        try {
            Files.createDirectories(file.getParent());
            assertTrue(ImageIO.write(picture, name.substring(name.lastIndexOf('.') + 1), file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** That reading fails with one sentence that holds all the given words. */
    static void assertSentence(Executable reading, Object... words) {
        String message =
                String.valueOf(assertThrows(DataException.class, reading).getMessage());
        for (Object word : words) {
            assertTrue(message.contains(word.toString()), () -> "'" + message + "' lacks '" + word + "'");
        }
        assertFalse(message.contains("\n"), message);
    }
}
