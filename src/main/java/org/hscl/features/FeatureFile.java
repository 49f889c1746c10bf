package org.hscl.features;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Features of some pictures in a file, found by the pictures' keys: what it is, N, C, N keys and their check sum, then N rows of C
 * numbers, each with its check sum, so that one row is read without the others.
 */
final class FeatureFile {

    static final String ENDING = ".features";

    /** Hexadecimal digits of a key. */
    static final int KEY = 32;

    private static final int MAGIC = 0x4853434D; // HSCM
    private static final int HEADER = 3 * Integer.BYTES;
    private static final int SUM = Integer.BYTES;
    private static final HexFormat HEX = HexFormat.of();

    private FeatureFile() {}

    /**
     * Writes a file.
     *
     * @param keys of the pictures, (N)
     * @param features (N, C)
     */
    static void write(List<String> keys, float[][] features, OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream));
        out.writeInt(MAGIC);
        out.writeInt(features.length);
        out.writeInt(features.length == 0 ? 0 : features[0].length);
        writeWithSum(HEX.parseHex(String.join("", keys)), out);
        for (float[] row : features) {
            ByteBuffer bytes = ByteBuffer.allocate(row.length * Float.BYTES);
            bytes.asFloatBuffer().put(row);
            writeWithSum(bytes.array(), out);
        }
        out.flush();
    }

    private static void writeWithSum(byte[] bytes, DataOutputStream out) throws IOException {
        out.write(bytes);
        out.writeInt(sum(bytes));
    }

    /**
     * Reads the rows of wanted pictures that are not found yet.
     *
     * @param found by key; what is read joins it
     * @return whether the file is whole as far as it was read
     */
    static boolean read(Path file, String[] wanted, Map<String, float[]> found) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            if (in.readInt() != MAGIC) {
                return false;
            }
            long count = in.readInt();
            int columns = in.readInt();
            int row = columns * Float.BYTES;
            long start = HEADER + count * KEY / 2 + SUM;
            if (count < 0 || columns < 0 || in.length() != start + count * (row + SUM)) {
                return false;
            }
            byte[] keys = new byte[(int) count * KEY / 2];
            in.readFully(keys);
            if (in.readInt() != sum(keys)) {
                return false;
            }
            Map<String, Integer> places = places(HEX.formatHex(keys));
            byte[] bytes = new byte[row];
            for (String key : wanted) {
                Integer place = places.get(key);
                if (place != null && !found.containsKey(key)) {
                    in.seek(start + (long) place * (row + SUM));
                    in.readFully(bytes);
                    if (in.readInt() != sum(bytes)) {
                        return false;
                    }
                    float[] values = new float[columns];
                    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
                    found.put(key, values);
                }
            }
            return true;
        } catch (EOFException e) {
            return false; // cut off
        }
    }

    private static Map<String, Integer> places(String keys) {
        Map<String, Integer> places = new HashMap<>();
        for (int start = 0; start < keys.length(); start += KEY) {
            places.put(keys.substring(start, start + KEY), start / KEY);
        }
        return places;
    }

    private static int sum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return (int) sum.getValue();
    }
}
