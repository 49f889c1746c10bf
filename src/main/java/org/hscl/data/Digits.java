package org.hscl.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.hscl.engine.SeededRandom;

/**
 * The handwritten digits that come with the library, so that everything works without any data: 1,797 gray images of 8×8
 * (Alpaydin and Kaynak, UCI Machine Learning Repository, CC BY 4.0), resized bilinearly to 32×32.
 */
final class Digits {

    private static final int SIDE = 8;
    private static final int SIZE = 32;
    private static final int BRIGHTEST = 16;
    private static final double TEST_SHARE = 0.3;
    private static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    private static final String SOURCE =
            "UCI optical recognition of handwritten digits, https://doi.org/10.24432/C50P49";

    private Digits() {}

    /** A fixed stratified 30 % of each class is the test part. */
    static TrainTest load() {
        byte[] values = resource("digits-images-idx3-ubyte.gz").values();
        byte[] classes = resource("digits-labels-idx1-ubyte.gz").values();
        byte[] pixels = new byte[classes.length * 3 * SIZE * SIZE];
        int[] labels = new int[classes.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = classes[i];
            byte[] small = new byte[SIDE * SIDE];
            for (int p = 0; p < small.length; p++) {
                small[p] = (byte) Math.round(values[i * small.length + p] * 255f / BRIGHTEST);
            }
            byte[] plane = Resampling.resize(small, SIDE, SIDE, SIZE, SIZE);
            for (int c = 0; c < 3; c++) {
                System.arraycopy(plane, 0, pixels, (3 * i + c) * plane.length, plane.length);
            }
        }
        ImageSet all = new ImageSet("Digits", SOURCE, SIZE, pixels, labels, CLASSES);
        boolean[] inTest = new boolean[labels.length];
        for (int label = 0; label < CLASSES.size(); label++) {
            int[] rows = all.rowsOf(label);
            int[] order = SeededRandom.permutation(rows.length, SeededRandom.at(0, label));
            IntStream.range(0, (int) Math.round(rows.length * TEST_SHARE)).forEach(i -> inTest[rows[order[i]]] = true);
        }
        return new TrainTest(
                all.select(IntStream.range(0, labels.length)
                                .filter(i -> !inTest[i])
                                .toArray())
                        .withName("Digits train"),
                all.select(IntStream.range(0, labels.length)
                                .filter(i -> inTest[i])
                                .toArray())
                        .withName("Digits test"));
    }

    private static Idx resource(String name) {
        try (InputStream in = Digits.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new DataException("The library's jar lacks org/hscl/data/%s; build it again".formatted(name));
            }
            return Idx.read(in, name);
        } catch (IOException e) {
            throw new DataException("Cannot read the library's resource %s (%s)".formatted(name, e), e);
        }
    }
}
