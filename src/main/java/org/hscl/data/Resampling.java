package org.hscl.data;

/**
 * Resizes planes of bytes with an antialiased triangle filter, rows first, then columns. Enlarging, that is bilinear
 * interpolation with half-pixel centres; shrinking, the triangle widens by the scale, so every source pixel counts.
 * Values are rounded to bytes between the two passes, as Pillow's {@code Image.resize(…, BILINEAR)} does, which is what
 * torchvision's {@code transforms.Resize} calls.
 */
final class Resampling {

    private Resampling() {}

    /** One output position: the first source position and the weight of each from there, sum 1. */
    private record Taps(int from, double[] weights) {}

    /**
     * Resizes one plane.
     *
     * @param plane height × width values in [0, 255], row by row
     * @return newHeight × newWidth values
     */
    static byte[] resize(byte[] plane, int width, int height, int newWidth, int newHeight) {
        byte[] narrow = width == newWidth ? plane : rows(plane, width, height, taps(width, newWidth));
        return height == newHeight ? narrow : columns(narrow, newWidth, taps(height, newHeight));
    }

    private static Taps[] taps(int length, int newLength) {
        double scale = (double) length / newLength;
        double reach = Math.max(scale, 1);
        Taps[] taps = new Taps[newLength];
        for (int i = 0; i < newLength; i++) {
            double centre = (i + 0.5) * scale;
            int from = Math.max(0, (int) (centre - reach + 0.5));
            int to = Math.min(length, (int) (centre + reach + 0.5));
            double[] weights = new double[to - from];
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                weights[k] = Math.max(0, 1 - Math.abs((from + k + 0.5 - centre) / reach));
                sum += weights[k];
            }
            for (int k = 0; k < weights.length; k++) {
                weights[k] /= sum;
            }
            taps[i] = new Taps(from, weights);
        }
        return taps;
    }

    private static byte[] rows(byte[] plane, int width, int height, Taps[] taps) {
        byte[] result = new byte[height * taps.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < taps.length; x++) {
                int start = y * width + taps[x].from;
                double sum = 0.5;
                double[] weights = taps[x].weights;
                for (int k = 0; k < weights.length; k++) {
                    sum += weights[k] * (plane[start + k] & 0xFF);
                }
                result[y * taps.length + x] = (byte) (int) sum;
            }
        }
        return result;
    }

    private static byte[] columns(byte[] plane, int width, Taps[] taps) {
        byte[] result = new byte[taps.length * width];
        for (int y = 0; y < taps.length; y++) {
            for (int x = 0; x < width; x++) {
                int start = taps[y].from * width + x;
                double sum = 0.5;
                double[] weights = taps[y].weights;
                for (int k = 0; k < weights.length; k++) {
                    sum += weights[k] * (plane[start + k * width] & 0xFF);
                }
                result[y * width + x] = (byte) (int) sum;
            }
        }
        return result;
    }
}
