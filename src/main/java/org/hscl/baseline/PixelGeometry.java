package org.hscl.baseline;

/** Operations of pictures that move or hide pixels. Pictures are (3, size, size) levels, plane after plane. */
final class PixelGeometry {

    private PixelGeometry() {}

    /** The place in the source that an output pixel's centre comes from. */
    @FunctionalInterface
    interface Source {
        double of(double x, double y);
    }

    static int[] rotate(int[] image, int size, double angle, int outside) {
        double half = size / 2.0;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        return move(image, size, outside,
                (x, y) -> cos * (x - half) - sin * (y - half) + half, (x, y) -> sin * (x - half) + cos * (y - half) + half);
    }

    static int[] move(int[] image, int size, int outside, Source across, Source along) {
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
