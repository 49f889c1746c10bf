package org.hscl.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import us.hebi.matlab.mat.format.BufferAllocator;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Source;
import us.hebi.matlab.mat.types.Sources;

/**
 * SVHN (Netzer et al., 2011), cropped digits of house numbers: MATLAB 5 files with {@code X}, 32 × 32 × 3 × N bytes, first
 * dimension fastest, and {@code y}, N × 1, in which 10 stands for the digit 0.
 */
final class Svhn {

    private static final int SIZE = 32;
    private static final int PLANE = SIZE * SIZE;
    private static final int LARGEST = 1 << 30;
    private static final String PAGE = "http://ufldl.stanford.edu/housenumbers/";
    private static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    private Svhn() {}

    /** 73,257 training and 26,032 test images, 10 classes. */
    static TrainTest load(DataFolder folder) {
        return new TrainTest(
                read("SVHN train", locate(folder, "train_32x32.mat", "e26dedcc434d2e4c54c9b2d4a06d8373")),
                read("SVHN test", locate(folder, "test_32x32.mat", "eb5a983be6a315427106f1b164d9cef3")));
    }

    private static Path locate(DataFolder folder, String file, String md5) {
        return new RemoteFile("svhn", file, PAGE, PAGE + file, "MD5", md5).locate(folder, file);
    }

    private static ImageSet read(String name, Path file) {
        try (Source source = Sources.openFile(file.toFile());
                MatFile contents = Mat5.newReader(source)
                        .setEntryFilter(header -> List.of("X", "y").contains(header.getName()))
                        .setBufferAllocator(new LimitedAllocator())
                        .readMat()) {
            Matrix images = contents.getMatrix("X");
            int[] shape = images.getDimensions();
            int[] expected = {SIZE, SIZE, 3};
            boolean fits = shape.length == 4 && Arrays.equals(Arrays.copyOf(shape, 3), expected);
            if (images.getType() != MatlabType.UInt8 || !fits) {
                throw new DataException("X of %s is %s of %s, but should be 32 × 32 × 3 × N bytes; get it again from %s"
                        .formatted(file, Arrays.toString(shape), images.getType(), PAGE));
            }
            return new ImageSet(
                    name, file.toString(), SIZE, pixels(images, shape[3]), labels(contents, shape[3], file), CLASSES);
        } catch (IOException | RuntimeException e) {
            if (e instanceof DataException known) {
                throw known;
            }
            // The MAT reader answers damage with many kinds of exception.
            throw new DataException(
                    "%s is no whole MATLAB 5 file with X and y (%s); get it again from %s".formatted(file, e, PAGE), e);
        }
    }

    private static byte[] pixels(Matrix images, int count) {
        byte[] pixels = new byte[Math.multiplyExact(count, 3 * PLANE)];
        for (int plane = 0; plane < 3 * count; plane++) {
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    pixels[plane * PLANE + y * SIZE + x] = images.getByte(plane * PLANE + x * SIZE + y);
                }
            }
        }
        return pixels;
    }

    private static int[] labels(MatFile contents, int count, Path file) {
        Matrix digits = contents.getMatrix("y");
        if (digits.getNumElements() != count) {
            throw new DataException("%s has %d images, but %d labels; get it again from %s"
                    .formatted(file, count, digits.getNumElements(), PAGE));
        }
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            int digit = digits.getInt(i);
            if (digit < 0 || digit > CLASSES.size()) {
                throw new DataException("Label %d of %s is %d, but should be 1 … 10; get it again from %s"
                        .formatted(i, file, digit, PAGE));
            }
            labels[i] = digit % CLASSES.size();
        }
        return labels;
    }

    /** Heap buffers of a sensible size: a damaged header must not take all memory. */
    private static final class LimitedAllocator implements BufferAllocator {

        @Override
        public ByteBuffer allocate(int bytes) {
            if (bytes < 0 || bytes > LARGEST) {
                throw new IllegalArgumentException("it claims an array of more than 1 GiB");
            }
            return ByteBuffer.allocate(bytes);
        }

        @Override
        public void release(ByteBuffer buffer) {
            // Garbage collection does.
        }
    }
}
