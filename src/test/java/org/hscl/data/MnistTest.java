package org.hscl.data;

import static org.hscl.data.Fixtures.assertSentence;
import static org.hscl.data.Fixtures.folder;
import static org.hscl.data.Fixtures.gzip;
import static org.hscl.data.Fixtures.idx;
import static org.hscl.data.Fixtures.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {

    @TempDir
    Path data;

    private final byte[] values = new byte[3 * 28 * 28];

    @BeforeEach
    void writeThreeImages() throws IOException {
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (1 + i % 250);
        }
        write(data.resolve("fashion-mnist/train-images-idx3-ubyte.gz"), gzip(idx(values, 3, 28, 28)));
        write(data.resolve("fashion-mnist/train-labels-idx1-ubyte"), idx(new byte[] {9, 0, 5}, 3));
        write(data.resolve("fashion-mnist/t10k-images-idx3-ubyte"), idx(values, 3, 28, 28));
        write(data.resolve("fashion-mnist/t10k-labels-idx1-ubyte.gz"), gzip(idx(new byte[] {1, 2, 3}, 3)));
    }

    @Test
    void gzipAndPlainFilesReadAlike() {
        TrainTest read = DataSets.fashionMnist(folder(data));
        assertEquals("Fashion-MNIST", read.name());
        assertEquals("Sandal", read.classNames().get(5));
        assertArrayEquals(new int[] {9, 0, 5}, read.train().labels());
        assertArrayEquals(read.train().pixels(), read.test().pixels());
    }

    @Test
    void imagesStandInTheMiddleOfZerosThreeTimes() {
        ImageSet read = DataSets.fashionMnist(folder(data)).train();
        int plane = 32 * 32;
        for (int i = 0; i < read.pixels().length; i++) {
            int y = i % plane / 32 - 2;
            int x = i % 32 - 2;
            boolean inside = x >= 0 && x < 28 && y >= 0 && y < 28;
            int expected = inside ? values[(i / (3 * plane) * 28 + y) * 28 + x] : 0;
            assertEquals(expected, read.pixels()[i], "value " + i);
        }
    }

    @Test
    void absentFilesAreNamedWithTheirPageAndPlace() {
        assertSentence(
                () -> DataSets.mnist(folder(data)),
                "train-images-idx3-ubyte.gz",
                "yann.lecun.com",
                data.resolve("mnist"),
                "HSCL_DOWNLOAD");
        assertTrue(DataSets.find("mnist", folder(data)).isEmpty());
        assertTrue(DataSets.find("Fashion-MNIST", folder(data)).isPresent());
    }

    @Test
    void unknownNamesAreAnsweredWithTheKnownOnes() {
        String message = assertThrows(IllegalArgumentException.class, () -> DataSets.named("emnist", folder(data)))
                .getMessage();
        assertTrue(message.contains("emnist") && message.contains("cifar100"), message);
    }

    @Test
    void damagedImageFilesAreNamed() throws IOException {
        Path images = data.resolve("fashion-mnist/train-images-idx3-ubyte.gz");
        byte[] whole = Files.readAllBytes(images);
        assertDamaged(images, Arrays.copyOf(whole, whole.length / 2), "truncated");
        assertDamaged(images, new byte[0], "truncated");
        assertDamaged(images, "<html>not found</html>".getBytes(), "begins with");
        assertDamaged(images, idx(Arrays.copyOf(values, 100), 3, 28, 28), "fewer than");
        assertDamaged(images, idx(values, 2, 28, 28), "more than");
        assertDamaged(images, idx(new byte[10], 60000, 60000, 60000), "256 MiB");
        assertDamaged(images, idx(new byte[10], -1, 28, 28), "256 MiB");
        assertDamaged(images, idx(new byte[33 * 33], 1, 33, 33), "32×32");
        assertDamaged(images, idx(new byte[0], 0, 28, 28), "dimensions");
    }

    @Test
    void labelsThatDoNotFitAreNamed() {
        Path labels = data.resolve("fashion-mnist/train-labels-idx1-ubyte");
        assertDamaged(labels, idx(new byte[] {1, 2}, 2), "3 images");
        assertDamaged(labels, idx(new byte[] {1, 2, 10}, 3), "Label 2", "10 classes");
    }

    private void assertDamaged(Path file, byte[] bytes, String... words) {
        write(file, bytes);
        assertSentence(() -> DataSets.fashionMnist(folder(data)), file);
        assertSentence(() -> DataSets.fashionMnist(folder(data)), (Object[]) words);
    }
}
