package org.hscl.data;

import static org.hscl.data.Fixtures.assertSentence;
import static org.hscl.data.Fixtures.folder;
import static org.hscl.data.Fixtures.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sinks;

class SvhnTest {

    @TempDir
    Path data;

    private Path train;

    @BeforeEach
    void writeThreeDigits() throws IOException {
        train = data.resolve("svhn/train_32x32.mat");
        mat(train, MatlabType.UInt8, new int[] {32, 32, 3, 3}, 10, 1, 9);
        mat(data.resolve("svhn/test_32x32.mat"), MatlabType.UInt8, new int[] {32, 32, 3, 1}, 5);
    }

    private static int value(int row, int column, int colour, int image) {
        return (row + 3 * column + 50 * colour + 7 * image) % 256;
    }

    /** Compressed, as the real files are. */
    private static void mat(Path file, MatlabType type, int[] shape, int... digits) throws IOException {
        Matrix images = Mat5.newMatrix(shape, type);
        for (int i = 0; i < images.getNumElements(); i++) {
            images.setInt(i, value(i % 32, i / 32 % 32, i / 1024 % 3, i / 3072));
        }
        Matrix labels = Mat5.newMatrix(new int[] {digits.length, 1}, MatlabType.UInt8);
        for (int i = 0; i < digits.length; i++) {
            labels.setInt(i, digits[i]);
        }
        Files.createDirectories(file.getParent());
        try (var sink = Sinks.newStreamingFile(file.toFile())) {
            Mat5.newWriter(sink)
                    .setDeflateLevel(6)
                    .writeMat(Mat5.newMatFile().addArray("X", images).addArray("y", labels));
        }
    }

    @Test
    void pixelsArePutInOrderAndTenMeansZero() {
        ImageSet read = DataSets.svhn(folder(data)).train();
        assertArrayEquals(new int[] {0, 1, 9}, read.labels());
        for (int i = 0; i < read.pixels().length; i++) {
            assertEquals(value(i / 32 % 32, i % 32, i / 1024 % 3, i / 3072), read.pixels()[i] & 0xFF, "value " + i);
        }
    }

    @Test
    void damagedFilesAreNamed() throws IOException {
        byte[] whole = Files.readAllBytes(train);
        for (byte[] damaged : new byte[][] {
            Arrays.copyOf(whole, whole.length / 2), new byte[0], "not MATLAB".getBytes(), new byte[4000]
        }) {
            write(train, damaged);
            assertSentence(() -> DataSets.svhn(folder(data)), train, "get it again");
        }
    }

    @Test
    void contentThatDoesNotFitIsNamed() throws IOException {
        mat(train, MatlabType.UInt8, new int[] {32, 32, 3, 2}, 1, 2, 3);
        assertSentence(() -> DataSets.svhn(folder(data)), train, "2 images, but 3 labels");
        mat(train, MatlabType.UInt8, new int[] {32, 32, 3, 1}, 11);
        assertSentence(() -> DataSets.svhn(folder(data)), train, "Label 0", "11");
        mat(train, MatlabType.UInt8, new int[] {28, 28, 3, 1}, 1);
        assertSentence(() -> DataSets.svhn(folder(data)), train, "[28, 28, 3, 1]");
        mat(train, MatlabType.Double, new int[] {32, 32, 3, 1}, 1);
        assertSentence(() -> DataSets.svhn(folder(data)), train, "double");
    }

    @Test
    void arraysOfAbsurdSizeAreRefused() throws IOException {
        try (var sink = Sinks.newStreamingFile(train.toFile())) {
            Matrix images = Mat5.newMatrix(new int[] {32, 32, 3, 77}, MatlabType.UInt8);
            Mat5.newWriter(sink).setDeflateLevel(0).writeMat(Mat5.newMatFile().addArray("X", images));
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(train)).order(ByteOrder.nativeOrder());
        for (int i = 0; i < bytes.limit() / 4; i++) {
            if (bytes.getInt(4 * i) == 77 * 3072) {
                bytes.putInt(4 * i, 600_000 * 3072);
            }
        }
        write(train, bytes.array());
        assertSentence(() -> DataSets.svhn(folder(data)), train, "1 GiB");
    }
}
