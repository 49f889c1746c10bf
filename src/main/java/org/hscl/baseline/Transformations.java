package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hscl.engine.Scalar;

/**
 * The pixel transformations that GOAD and E3Outlier tell apart (Wang et al. 2019, section 3.1; Golan and El-Yaniv 2018), by
 * number: 0–71 mirror, shift by a quarter and turn by 90°; 72–87 mirror and turn by odd multiples of 30°; 88–110 re-arrange the
 * four quarters. Each output pixel is a weighted sum of input pixels, so that one table serves all, on any device. The turns
 * of 72–87 are bilinear here and cubic splines there: about .01 of the range apart.
 */
final class Transformations {

    /** How many there are. */
    static final int COUNT = 111;

    /** The first irregular one: those before have one source pixel for each pixel. */
    static final int REGULAR = 72;

    private static final int PATCHES = 88;
    private static final int[] THIRTIETHS = {1, 2, 4, 5, 7, 8, 10, 11};

    private final int count;
    private final NDArray index; // int64 (M, T, S²)
    private final NDArray weight; // (M, T, S²)

    /**
     * Tables of some transformations.
     *
     * @param numbers which, (M)
     * @param size S, a multiple of 4
     * @param owner of the tables
     */
    Transformations(int[] numbers, int size, NDManager owner) {
        count = numbers.length;
        int taps = Arrays.stream(numbers).anyMatch(n -> n >= REGULAR && n < PATCHES) ? 4 : 1;
        int plane = size * size;
        long[] sources = new long[count * taps * plane];
        float[] weights = new float[sources.length];
        for (int m = 0; m < count; m++) {
            for (int p = 0; p < plane; p++) {
                int place = m * taps * plane + p;
                if (numbers[m] >= REGULAR && numbers[m] < PATCHES) {
                    turned(numbers[m] - REGULAR, p / size, p % size, size, sources, weights, place);
                } else {
                    sources[place] = numbers[m] < REGULAR
                            ? shifted(numbers[m], p / size, p % size, size)
                            : rearranged(numbers[m] - PATCHES + 1, p / size, p % size, size);
                    weights[place] = 1;
                }
            }
        }
        Shape shape = new Shape(count, taps, plane);
        index = owner.create(sources, shape);
        weight = owner.create(weights, shape);
    }

    /** Mirrors and quarter turns without shifts, which need eight rows an image as HSCL does. */
    static int[] eight() {
        return new int[] {0, 1, 2, 3, 36, 37, 38, 39};
    }

    /** The first so many. */
    static int[] first(int count) {
        return IntStream.range(0, count).toArray();
    }

    /** How many this table has. */
    int count() {
        return count;
    }

    /**
     * Transforms images.
     *
     * @param images (B, C, S, S)
     * @param which of the table's transformations each image gets, (B)
     * @param outside the value of pixels that come from outside the image
     * @return the same shape
     */
    NDArray apply(NDArray images, int[] which, double outside) {
        long[] shape = images.getShape().getShape();
        NDManager manager = images.getManager();
        NDArray rows = manager.create(Arrays.stream(which).asLongStream().toArray());
        NDArray sources = index.get(manager, new NDIndex("{}", rows)); // (B, T, S²)
        NDArray weights = weight.get(manager, new NDIndex("{}", rows));
        NDArray flat = Scalar.plus(images.reshape(shape[0], shape[1], shape[2] * shape[3]), -outside); // (B, C, S²)
        NDArray sum = null;
        for (int tap = 0; tap < sources.getShape().get(1); tap++) {
            NDArray at = sources.get(new NDIndex(":, {}:{}", tap, tap + 1)).broadcast(flat.getShape()); // (B, C, S²)
            NDArray part = flat.gather(at, 2).mul(weights.get(new NDIndex(":, {}:{}", tap, tap + 1)));
            sum = sum == null ? part : sum.add(part);
        }
        return Scalar.plus(sum == null ? flat : sum, outside).reshape(images.getShape());
    }

    /** Index ((f·3 + a)·3 + b)·4 + k: mirror f, then shift by (a, b), then k quarter turns; traced back from the output. */
    private static long shifted(int number, int row, int column, int size) {
        int r = row;
        int c = column;
        for (int turn = 0; turn < number % 4; turn++) {
            int turned = size - 1 - r;
            r = c;
            c = turned;
        }
        int[] shift = {0, -size / 4, size / 4};
        r = reflect(r + shift[number / 12 % 3], size);
        c = reflect(c + shift[number / 4 % 3], size);
        return (long) r * size + (number >= REGULAR / 2 ? size - 1 - c : c);
    }

    /** At the border, the edge pixel repeated. */
    private static int reflect(int i, int size) {
        return i < 0 ? -1 - i : i >= size ? 2 * size - 1 - i : i;
    }

    /** The four neighbours of the place that a pixel comes from; weight 0 outside the image. */
    private static void turned(int number, int row, int column, int size, long[] sources, float[] weights, int place) {
        double angle = Math.toRadians(30.0 * THIRTIETHS[number % THIRTIETHS.length]);
        double half = (size - 1) / 2.0;
        double r = Math.cos(angle) * (row - half) + Math.sin(angle) * (column - half) + half;
        double c = -Math.sin(angle) * (row - half) + Math.cos(angle) * (column - half) + half;
        if (r < 0 || c < 0 || r > size - 1 || c > size - 1) {
            return;
        }
        int top = Math.min((int) r, size - 2);
        int left = Math.min((int) c, size - 2);
        for (int tap = 0; tap < 4; tap++) {
            int down = tap / 2;
            int right = tap % 2;
            int x = number >= THIRTIETHS.length ? size - 1 - left - right : left + right;
            sources[place + tap * size * size] = (long) (top + down) * size + x;
            weights[place + tap * size * size] = (float) ((1 - Math.abs(r - top - down)) * (1 - Math.abs(c - left - right)));
        }
    }

    /** Quarter p of the output is quarter order[p] of the input, by the orders of four things in the order of a dictionary. */
    private static long rearranged(int number, int row, int column, int size) {
        List<Integer> left = new ArrayList<>(List.of(0, 1, 2, 3));
        int[] order = {left.remove(number / 6), left.remove(number % 6 / 2), left.remove(number % 2), left.get(0)};
        int half = size / 2;
        int from = order[row / half * 2 + column / half];
        return (long) (from / 2 * half + row % half) * size + from % 2 * half + column % half;
    }
}
