package org.hscl.baseline;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * The operations of AutoAugment and its followers (Cubuk et al. 2019, Table 6), as Pillow does them: on whole levels 0 … 255,
 * image by image on the host, since every image of a batch gets another one. Shears and turns take the nearest pixel.
 */
enum PixelOperation {
    IDENTITY,
    AUTOCONTRAST,
    EQUALIZE,
    INVERT,
    BRIGHTNESS,
    COLOR,
    CONTRAST,
    SHARPNESS,
    POSTERIZE,
    SOLARIZE,
    SHEAR_X,
    SHEAR_Y,
    TRANSLATE_X,
    TRANSLATE_Y,
    ROTATE;

    private static final int TOP = 255;

    /**
     * A changed copy.
     *
     * @param image levels 0 … 255, channel after channel, (3 · S²)
     * @param size S
     * @param parameter a factor, bits, a threshold, a slope, pixels or degrees counter-clockwise, as the operation has it
     * @param outside level of pixels that come from outside the image
     */
    int[] apply(int[] image, int size, double parameter, int outside) {
        return switch (this) {
            case IDENTITY -> image;
            case AUTOCONTRAST -> byChannel(image, size, PixelOperation::stretch);
            case EQUALIZE -> byChannel(image, size, PixelOperation::equalize);
            case INVERT -> map(image, x -> TOP - x);
            case BRIGHTNESS -> blend(new int[image.length], image, parameter);
            case COLOR -> blend(gray(image, size), image, parameter);
            case CONTRAST -> blend(mean(gray(image, size)), image, parameter);
            case SHARPNESS -> blend(smooth(image, size), image, parameter);
            case POSTERIZE -> map(image, x -> x & (TOP << (8 - (int) parameter)));
            case SOLARIZE -> map(image, x -> x < parameter ? x : TOP - x);
            case SHEAR_X -> PixelGeometry.move(image, size, outside, (x, y) -> x + parameter * y, (x, y) -> y);
            case SHEAR_Y -> PixelGeometry.move(image, size, outside, (x, y) -> x, (x, y) -> y + parameter * x);
            case TRANSLATE_X -> PixelGeometry.move(image, size, outside, (x, y) -> x + parameter, (x, y) -> y);
            case TRANSLATE_Y -> PixelGeometry.move(image, size, outside, (x, y) -> x, (x, y) -> y + parameter);
            case ROTATE -> PixelGeometry.rotate(image, size, Math.toRadians(parameter), outside);
        };
    }

    private static int[] map(int[] image, IntUnaryOperator change) {
        return Arrays.stream(image).map(change).toArray();
    }

    /** From d (factor 0) to the image (factor 1) and beyond. */
    private static int[] blend(int[] d, int[] image, double factor) {
        int[] blended = new int[image.length];
        for (int i = 0; i < image.length; i++) {
            blended[i] = (int) Math.min(TOP, Math.max(0, d[i] + factor * (image[i] - d[i])));
        }
        return blended;
    }

    /** Luma in all channels. */
    private static int[] gray(int[] image, int size) {
        int plane = size * size;
        int[] gray = new int[image.length];
        for (int i = 0; i < image.length; i++) {
            int p = i % plane;
            gray[i] = (19595 * image[p] + 38470 * image[plane + p] + 7471 * image[2 * plane + p] + 32768) >> 16;
        }
        return gray;
    }

    private static int[] mean(int[] gray) {
        int[] flat = new int[gray.length];
        Arrays.fill(flat, (int) (Arrays.stream(gray).average().orElse(0) + 0.5));
        return flat;
    }

    /** Mean of 3×3 with weight 5 in the middle; the outermost pixels stay. */
    private static int[] smooth(int[] image, int size) {
        int[] smooth = image.clone();
        for (int i = 0; i < image.length; i++) {
            int column = i % size;
            int row = i / size % size;
            if (column > 0 && row > 0 && column < size - 1 && row < size - 1) {
                int sum = 4 * image[i];
                for (int near = 0; near < 9; near++) {
                    sum += image[i + (near / 3 - 1) * size + near % 3 - 1];
                }
                smooth[i] = (int) (sum / 13.0 + 0.5);
            }
        }
        return smooth;
    }

    /** A table of levels made from each channel's histogram. */
    private static int[] byChannel(int[] image, int size, UnaryOperator<int[]> table) {
        int plane = size * size;
        int[] changed = new int[image.length];
        for (int start = 0; start < image.length; start += plane) {
            int[] histogram = new int[TOP + 1];
            for (int i = start; i < start + plane; i++) {
                histogram[image[i]]++;
            }
            int[] levels = table.apply(histogram);
            for (int i = start; i < start + plane; i++) {
                changed[i] = levels[image[i]];
            }
        }
        return changed;
    }

    private static int[] stretch(int[] histogram) {
        int low = 0;
        int high = TOP;
        while (low < TOP && histogram[low] == 0) {
            low++;
        }
        while (high > 0 && histogram[high] == 0) {
            high--;
        }
        int[] levels = new int[TOP + 1];
        for (int x = 0; x <= TOP; x++) {
            levels[x] = high <= low ? x : Math.min(TOP, Math.max(0, TOP * (x - low) / (high - low)));
        }
        return levels;
    }

    private static int[] equalize(int[] histogram) {
        int last = TOP;
        while (histogram[last] == 0) {
            last--;
        }
        int step = (Arrays.stream(histogram).sum() - histogram[last]) / TOP;
        int[] levels = new int[TOP + 1];
        int sum = step / 2;
        for (int x = 0; x <= TOP; x++) {
            levels[x] = step == 0 ? x : Math.min(TOP, sum / step);
            sum += histogram[x];
        }
        return levels;
    }
}
