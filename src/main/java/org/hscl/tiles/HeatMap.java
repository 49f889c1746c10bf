package org.hscl.tiles;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.hscl.data.Picture;

/**
 * Where a picture is how normal: at each pixel the lowest of the scales' scores, interpolated between the centres of tiles.
 *
 * @param width pixels a row
 * @param height rows
 * @param values on the scale of the detector's scores, row by row, (height · width); lower is less normal
 */
public record HeatMap(int width, int height, double[] values) {

    /** How far below the threshold the colour is full: standard deviations of normal pictures. */
    private static final double FULL = 4;

    private static final double OPACITY = 0.6;

    static HeatMap of(Picture picture, List<TileGrid> standardized) {
        double[] values = new double[picture.width() * picture.height()];
        Arrays.fill(values, Double.POSITIVE_INFINITY);
        for (TileGrid grid : standardized) {
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.min(values[i], grid.at(i % picture.width() + 0.5, i / picture.width() + 0.5));
            }
        }
        return new HeatMap(picture.width(), picture.height(), values);
    }

    /**
     * The picture, red where it is below a threshold, the more the lower.
     *
     * @param picture of this size
     */
    public BufferedImage overlay(Picture picture, double threshold) {
        BufferedImage image = picture.image();
        for (int i = 0; i < values.length; i++) {
            double heat = OPACITY * Math.min(1, Math.max(0, (threshold - values[i]) / FULL));
            int rgb = image.getRGB(i % width, i / width);
            int red = (int) Math.round((1 - heat) * (rgb >> 16 & 0xFF) + heat * 255);
            int green = (int) Math.round((1 - heat) * (rgb >> 8 & 0xFF));
            int blue = (int) Math.round((1 - heat) * (rgb & 0xFF));
            image.setRGB(i % width, i / width, red << 16 | green << 8 | blue);
        }
        return image;
    }
}
