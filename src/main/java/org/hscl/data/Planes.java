package org.hscl.data;

import java.util.Arrays;

/**
 * A picture as its red, green and blue planes.
 *
 * @param width pixels a row
 * @param height rows
 * @param values three planes of height × width values in [0, 255], row by row
 */
record Planes(int width, int height, byte[][] values) {

    private static final int FIX_FACTOR = 8;

    /** A square of {@code size} pixels a side. */
    Planes square(int size, Fit fit) {
        return switch (fit) {
            case STRETCH -> resize(size, size);
            case CROP -> shorterSide(size).centre(size);
            case FIX -> square(size * FIX_FACTOR, Fit.CROP).resize(size, size);
        };
    }

    Planes resize(int newWidth, int newHeight) {
        byte[][] resized = new byte[3][];
        Arrays.setAll(resized, c -> Resampling.resize(values[c], width, height, newWidth, newHeight));
        return new Planes(newWidth, newHeight, resized);
    }

    private Planes shorterSide(int size) {
        return width <= height
                ? resize(size, Math.toIntExact((long) size * height / width))
                : resize(Math.toIntExact((long) size * width / height), size);
    }

    private Planes centre(int size) {
        int left = (int) Math.rint((width - size) / 2.0); // halves to even, as Python's round
        int top = (int) Math.rint((height - size) / 2.0);
        byte[][] middle = new byte[3][size * size];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < size; y++) {
                System.arraycopy(values[c], (top + y) * width + left, middle[c], y * size, size);
            }
        }
        return new Planes(size, size, middle);
    }

    /** Rows become columns: the picture mirrored at its main diagonal. */
    Planes transposed() {
        byte[][] turned = new byte[3][width * height];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    turned[c][x * height + y] = values[c][y * width + x];
                }
            }
        }
        return new Planes(height, width, turned);
    }

    /** Mirrored left to right, top to bottom, or both. */
    Planes flipped(boolean horizontally, boolean vertically) {
        byte[][] mirrored = new byte[3][width * height];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int sourceX = horizontally ? width - 1 - x : x;
                    int sourceY = vertically ? height - 1 - y : y;
                    mirrored[c][y * width + x] = values[c][sourceY * width + sourceX];
                }
            }
        }
        return new Planes(width, height, mirrored);
    }
}
