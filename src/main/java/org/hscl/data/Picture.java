package org.hscl.data;

import java.awt.image.BufferedImage;
import java.nio.file.Path;

/** A picture at its own size, of any format that {@link OwnImages} reads. */
public final class Picture {

    private final Path file;
    private final Planes planes;

    private Picture(Path file, Planes planes) {
        this.file = file;
        this.planes = planes;
    }

    /**
     * Reads it.
     *
     * @throws DataException if the file gives no picture
     */
    public static Picture read(Path file) {
        return new Picture(file, ImageFile.read(file).planes());
    }

    /** Where it was read from. */
    public Path file() {
        return file;
    }

    /** Pixels a row. */
    public int width() {
        return planes.width();
    }

    /** Rows. */
    public int height() {
        return planes.height();
    }

    /** Bytes that it takes in memory. */
    public long bytes() {
        return 3L * width() * height();
    }

    /**
     * The picture at a part of its size, antialiased.
     *
     * @param factor by which both sides are divided, at least 1
     */
    public Picture reduced(int factor) {
        return factor == 1 ? this : new Picture(file,
                planes.resize(Math.max(1, Math.round((float) width() / factor)), Math.max(1, Math.round((float) height() / factor))));
    }

    /**
     * Copies a square; what lies beyond the border repeats the border's pixels.
     *
     * @param size its side in pixels
     * @param to takes 3 × size × size values, as an {@link ImageSet} has them
     * @param at where in {@code to} they begin
     */
    public void copySquare(int left, int top, int size, byte[] to, int at) {
        for (int c = 0; c < 3; c++) {
            byte[] plane = planes.values()[c];
            for (int y = 0; y < size; y++) {
                int row = Math.min(Math.max(top + y, 0), height() - 1) * width();
                for (int x = 0; x < size; x++) {
                    to[at + (c * size + y) * size + x] = plane[row + Math.min(Math.max(left + x, 0), width() - 1)];
                }
            }
        }
    }

    /** Where it is brighter than half, row by row, (height · width): how masks mark a place. */
    public boolean[] marked() {
        boolean[] marked = new boolean[width() * height()];
        for (int i = 0; i < marked.length; i++) {
            marked[i] = (planes.values()[0][i] & 0xFF) > 127;
        }
        return marked;
    }

    /** As Java shows it. */
    public BufferedImage image() {
        BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        byte[][] values = planes.values();
        for (int i = 0; i < width() * height(); i++) {
            image.setRGB(i % width(), i / width(), (values[0][i] & 0xFF) << 16 | (values[1][i] & 0xFF) << 8 | values[2][i] & 0xFF);
        }
        return image;
    }
}
