package org.hscl.tiles;

import java.util.SplittableRandom;

/**
 * Makes an anomaly of a normal tile (Li et al., CutPaste, CVPR 2021): a rectangle of another tile, its brightness changed, is
 * pasted into it, either as a patch of 2 to 15 % of its area or as a scar, thin, long and turned by up to 45°.
 */
final class SyntheticDefect {

    private static final double BRIGHTNESS = 0.3;

    private SyntheticDefect() {}

    /**
     * Changes a tile in place.
     *
     * @param tiles holds 3 × size × size values from {@code at}
     * @param source a tile of its own, 3 × size × size values
     */
    static void paste(byte[] tiles, int at, byte[] source, int size, SplittableRandom random) {
        boolean scar = random.nextBoolean();
        double area = size * size * (0.02 + 0.13 * random.nextDouble());
        double aspect = Math.exp((2 * random.nextDouble() - 1) * Math.log(3.3));
        double width = scar ? size * (0.02 + 0.06 * random.nextDouble()) + 1 : Math.sqrt(area * aspect);
        double height = scar ? size * (0.15 + 0.35 * random.nextDouble()) : Math.sqrt(area / aspect);
        double angle = scar ? Math.PI / 4 * (2 * random.nextDouble() - 1) : 0;
        double factor = 1 + BRIGHTNESS * (2 * random.nextDouble() - 1);
        double centerX = size * random.nextDouble();
        double centerY = size * random.nextDouble();
        int shiftX = random.nextInt(size);
        int shiftY = random.nextInt(size);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                double dx = x + 0.5 - centerX;
                double dy = y + 0.5 - centerY;
                double along = dx * Math.cos(angle) + dy * Math.sin(angle);
                double across = dy * Math.cos(angle) - dx * Math.sin(angle);
                if (Math.abs(along) <= width / 2 && Math.abs(across) <= height / 2) {
                    int from = (y + shiftY) % size * size + (x + shiftX) % size;
                    for (int c = 0; c < 3; c++) {
                        int value = (int) Math.round(factor * (source[c * size * size + from] & 0xFF));
                        tiles[at + (c * size + y) * size + x] = (byte) Math.min(255, value);
                    }
                }
            }
        }
    }
}
