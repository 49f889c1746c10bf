package org.hscl.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An array of an IDX file, the format of the MNIST family: two zero bytes, a type, the number of dimensions, each
 * dimension as a big-endian integer, then the values.
 *
 * @param shape the dimensions, N × rows × columns for images, N for labels
 * @param values unsigned bytes, the last dimension fastest
 */
record Idx(int[] shape, byte[] values) {

    private static final int UNSIGNED_BYTE = 0x08;
    private static final long LARGEST = 1L << 28;

    /**
     * Reads a file, gzip-compressed or plain.
     *
     * @throws DataException if it is unreadable, truncated, too long or no IDX file of bytes
     */
    static Idx read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        } catch (IOException e) {
            throw new DataException("Cannot open %s (%s); check the file and its permissions".formatted(file, e), e);
        }
    }

    /** Reads a stream, gzip-compressed or plain; {@code name} is for messages. */
    static Idx read(InputStream stream, String name) {
        try {
            DataInputStream in = new DataInputStream(new BufferedInputStream(plain(stream), 1 << 16));
            int magic = in.readInt();
            int dimensions = magic & 0xFF;
            if (magic >>> 8 != UNSIGNED_BYTE || dimensions < 1 || dimensions > 4) {
                throw new DataException(
                        "%s begins with 0x%08x, but an IDX file of bytes begins with 0x0000080N; get the file again"
                                .formatted(name, magic));
            }
            int[] shape = new int[dimensions];
            long total = 1;
            for (int i = 0; i < dimensions; i++) {
                shape[i] = in.readInt();
                total = shape[i] < 0 || total > LARGEST ? Long.MAX_VALUE : total * shape[i];
            }
            if (total > LARGEST) {
                throw new DataException("%s claims dimensions %s, more than 256 MiB; get the file again"
                        .formatted(name, Arrays.toString(shape)));
            }
            byte[] values = in.readNBytes((int) total);
            if (values.length < total || in.read() >= 0) {
                throw new DataException("%s holds %s %d values that its dimensions %s call for; get the file again"
                        .formatted(
                                name,
                                values.length < total ? "fewer than the" : "more than the",
                                total,
                                Arrays.toString(shape)));
            }
            return new Idx(shape, values);
        } catch (EOFException | ZipException e) {
            throw new DataException(
                    "%s is truncated or damaged (%s); get the file again".formatted(name, e.getMessage()), e);
        } catch (IOException e) {
            throw new DataException("Cannot read %s (%s); check the file and its permissions".formatted(name, e), e);
        }
    }

    private static InputStream plain(InputStream stream) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(stream, 1 << 16);
        buffered.mark(2);
        boolean compressed = buffered.read() == 0x1F && buffered.read() == 0x8B;
        buffered.reset();
        return compressed ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }
}
