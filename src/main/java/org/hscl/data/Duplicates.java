package org.hscl.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds images that stand in two sets, pixel by pixel: a test on them would ask for what training has shown. */
public final class Duplicates {

    private Duplicates() {}

    /** An image of the test set and one of the training set that equals it. */
    public record Pair(int test, int train) {}

    /**
     * The test images that equal a training image.
     *
     * @return pairs in the order of the test images, each with the last training image that equals it
     */
    public static List<Pair> between(ImageSet train, ImageSet test) {
        Map<ByteBuffer, Integer> rows = new HashMap<>(2 * train.count());
        for (int row = 0; row < train.count(); row++) {
            rows.put(image(train, row), row);
        }
        List<Pair> pairs = new ArrayList<>();
        for (int row = 0; row < test.count(); row++) {
            Integer same = rows.get(image(test, row));
            if (same != null) {
                pairs.add(new Pair(row, same));
            }
        }
        return pairs;
    }

    /** The finding as sentences for a split's notes: one, or none where no image is in both sets. */
    public static List<String> notes(ImageSet train, ImageSet test) {
        List<Pair> pairs = between(train, test);
        return pairs.isEmpty()
                ? List.of()
                : List.of(
                        "%d of %d test images equal a training image pixel by pixel; the first is test image %d, training image %d."
                                .formatted(pairs.size(), test.count(), pairs.get(0).test, pairs.get(0).train));
    }

    /** Buffers hash and compare by their content. */
    private static ByteBuffer image(ImageSet set, int row) {
        return ByteBuffer.wrap(set.pixels(), row * set.stride(), set.stride());
    }
}
