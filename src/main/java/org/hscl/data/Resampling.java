package org.hscl.data;

/**
 * Resizes images with an antialiased triangle filter, one axis after the other. Enlarging, it is bilinear interpolation
 * with half-pixel centres; shrinking, the triangle widens by the scale, so every source pixel counts. Values are rounded
 * to bytes between the two axes, as Pillow's {@code Image.resize(…, BILINEAR)} does, which torchvision's
 * {@code transforms.Resize} calls.
 */
final class Resampling {

    private Resampling() {}

    /**
     * Resizes one plane.
     *
     * @param plane height × width values in [0, 255], row by row
     * @return newHeight × newWidth values
     */
    static byte[] resize(byte[] plane, int width, int height, int newWidth, int newHeight) {
        byte[] wide = width == newWidth ? plane : transpose(columns(transpose(plane, width, height), height, width, newWidth), height, newWidth);
        return height == newHeight ? wide : columns(wide, newWidth, height, newHeight);
    }

    /** Resizes the height, every column alike. */
    private static byte[] columns(byte[] plane, int width, int height, int newHeight) {
        double scale = (double) height / newHeight;
        double reach = Math.max(scale, 1);
        byte[] result = new byte[width * newHeight];
        double[] sums = new double[width];
        for (int row = 0; row < newHeight; row++) {
            double centre = (row + 0.5) * scale;
            int from = Math.max(0, (int) (centre - reach + 0.5));
            int to = Math.min(height, (int) (centre + reach + 0.5));
            java.util.Arrays.fill(sums, 0);
            double total = 0;
            for (int y = from; y < to; y++) {
                double weight = Math.max(0, 1 - Math.abs((y + 0.5 - centre) / reach));
                total += weight;
                for (int x = 0; x < width; x++) {
                    sums[x] += weight * (plane[y * width + x] & 0xFF);
                }
            }
            for (int x = 0; x < width; x++) {
                result[row * width + x] = (byte) (int) (sums[x] / total + 0.5);
            }
        }
        return result;
    }

    private static byte[] transpose(byte[] plane, int width, int height) {
        byte[] turned = new byte[plane.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                turned[x * height + y] = plane[y * width + x];
            }
        }
        return turned;
    }
}
