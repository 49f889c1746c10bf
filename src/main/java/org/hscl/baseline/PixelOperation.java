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

    /** The place in the source that an output pixel's centre comes from. */
    @FunctionalInterface
    private interface Source {
        double of(double x, double y);
    }

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
            case SHEAR_X -> move(image, size, outside, (x, y) -> x + parameter * y, (x, y) -> y);
            case SHEAR_Y -> move(image, size, outside, (x, y) -> x, (x, y) -> y + parameter * x);
            case TRANSLATE_X -> move(image, size, outside, (x, y) -> x + parameter, (x, y) -> y);
            case TRANSLATE_Y -> move(image, size, outside, (x, y) -> x, (x, y) -> y + parameter);
            case ROTATE -> rotate(image, size, Math.toRadians(parameter), outside);
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

    private static int[] rotate(int[] image, int size, double angle, int outside) {
        double half = size / 2.0;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        return move(image, size, outside,
                (x, y) -> cos * (x - half) - sin * (y - half) + half, (x, y) -> sin * (x - half) + cos * (y - half) + half);
    }

    private static int[] move(int[] image, int size, int outside, Source across, Source along) {
        int[] moved = new int[image.length];
        for (int i = 0; i < image.length; i++) {
            double x = i % size + 0.5;
            double y = i / size % size + 0.5;
            int column = (int) Math.floor(across.of(x, y));
            int row = (int) Math.floor(along.of(x, y));
            boolean inside = column >= 0 && row >= 0 && column < size && row < size;
            moved[i] = inside ? image[i / (size * size) * size * size + row * size + column] : outside;
        }
        return moved;
    }

    /**
     * A shear as AutoAugment has it, between pixels (bilinear; bicubic there).
     *
     * @param across slope of columns by rows
     * @param along slope of rows by columns
     */
    static int[] shear(int[] image, int size, double across, double along, int outside) {
        int[] sheared = new int[image.length];
        for (int i = 0; i < image.length; i++) {
            double x = i % size + 0.5 + across * (i / size % size + 0.5) - 0.5;
            double y = i / size % size + 0.5 + along * (i % size + 0.5) - 0.5;
            boolean inside = x >= -0.5 && y >= -0.5 && x < size - 0.5 && y < size - 0.5;
            int channel = i / (size * size) * size * size;
            sheared[i] = inside ? between(image, channel, size, x, y) : outside;
        }
        return sheared;
    }

    /** The level at a place between pixel centres; the edge pixels reach out to the border. */
    private static int between(int[] image, int channel, int size, double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double sum = 0;
        for (int tap = 0; tap < 4; tap++) {
            int column = left + tap % 2;
            int row = top + tap / 2;
            double weight = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
            int nearColumn = Math.min(size - 1, Math.max(0, column));
            int nearRow = Math.min(size - 1, Math.max(0, row));
            sum += weight * image[channel + nearRow * size + nearColumn];
        }
        return (int) (sum + 0.5);
    }

    /**
     * Hides a square.
     *
     * @param side s of the square about (centerX, centerY); both ends count, so that up to s + 1 pixels are hidden
     * @param levels of the three channels
     */
    static int[] cutout(int[] image, int size, double side, double centerX, double centerY, int... levels) {
        int left = (int) Math.max(0, centerX - side / 2);
        int top = (int) Math.max(0, centerY - side / 2);
        int right = (int) Math.min(size, left + side);
        int bottom = (int) Math.min(size, top + side);
        int[] hidden = image.clone();
        for (int i = 0; i < image.length; i++) {
            int column = i % size;
            int row = i / size % size;
            if (column >= left && column <= right && row >= top && row <= bottom) {
                hidden[i] = levels[i / (size * size) % levels.length];
            }
        }
        return hidden;
    }
}
