package org.hscl.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Finds images that stand in two sets, pixel by pixel: a test on them would ask for what training has shown. */
public final class Duplicates {

    private static final int SIDE = 16;
    private static final int STEPS = 8;
    private static final int BRIGHTNESS = 6;

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

    /**
     * Test images that look almost like a training image: reduced to 16 × 16, at most {@value #STEPS} of the brightness steps from
     * left to right go the other way (the difference hash), and brightness differs by {@value #BRIGHTNESS} of 255 on average.
     *
     * @return pairs in the order of the test images, equal ones left out
     */
    public static List<Pair> near(ImageSet train, ImageSet test) {
        List<Thumbnail> seen = IntStream.range(0, train.count()).mapToObj(row -> Thumbnail.of(train, row)).toList();
        List<Pair> pairs = new ArrayList<>();
        for (int row = 0; row < test.count(); row++) {
            Thumbnail own = Thumbnail.of(test, row);
            int image = row;
            IntStream.range(0, seen.size())
                    .filter(other -> own.isNear(seen.get(other)) && !image(test, image).equals(image(train, other)))
                    .findFirst()
                    .ifPresent(other -> pairs.add(new Pair(image, other)));
        }
        return pairs;
    }

    /** Brightness, (16, 17), and where it rises to the right. */
    private record Thumbnail(int[] brightness, BitSet rises) {

        static Thumbnail of(ImageSet set, int row) {
            int plane = set.size() * set.size();
            int[] brightness = new int[SIDE * (SIDE + 1)];
            for (int c = 0; c < 3; c++) {
                int start = row * set.stride() + c * plane;
                byte[] reduced = Resampling.resize(
                        Arrays.copyOfRange(set.pixels(), start, start + plane), set.size(), set.size(), SIDE + 1, SIDE);
                Arrays.setAll(brightness, i -> brightness[i] + (reduced[i] & 0xFF));
            }
            BitSet rises = new BitSet(brightness.length);
            for (int i = 0; i + 1 < brightness.length; i++) {
                rises.set(i, i % (SIDE + 1) != SIDE && brightness[i + 1] > brightness[i]);
            }
            return new Thumbnail(brightness, rises);
        }

        boolean isNear(Thumbnail other) {
            BitSet differing = (BitSet) rises.clone();
            differing.xor(other.rises);
            if (differing.cardinality() > STEPS) {
                return false;
            }
            int sum = IntStream.range(0, brightness.length).map(i -> Math.abs(brightness[i] - other.brightness[i])).sum();
            return sum <= 3 * BRIGHTNESS * brightness.length;
        }
    }

    /** Buffers hash and compare by their content. */
    private static ByteBuffer image(ImageSet set, int row) {
        return ByteBuffer.wrap(set.pixels(), row * set.stride(), set.stride());
    }
}
