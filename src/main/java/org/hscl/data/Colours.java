package org.hscl.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.awt.image.Raster;

/**
 * From a decoded picture to {@link Planes}: gray values as they are stored, palettes and other colour spaces as sRGB, numbers
 * beyond 8 bits by their {@link SampleScale}, transparent pixels on white.
 *
 * @param planes the picture
 * @param note what was assumed, one clause, or empty
 */
record Colours(Planes planes, String note) {

    private static final int WHITE = 255;

    /**
     * Converts.
     *
     * @throws DataException if its numbers fit no usual range; the sentence is a clause about the picture
     */
    static Colours of(BufferedImage picture) {
        ColorModel model = picture.getColorModel();
        boolean coded = model instanceof IndexColorModel || model instanceof PackedColorModel;
        boolean gray = !coded && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        boolean standard = model instanceof IndexColorModel || model.getColorSpace().isCS_sRGB();
        boolean wide = !coded && picture.getRaster().getDataBuffer().getDataType() != DataBuffer.TYPE_BYTE;
        if (gray || standard && wide) { // ImageIO takes gray for linear light and would brighten it
            return stored(picture.getRaster(), model, gray ? 1 : 3);
        }
        return new Colours(colour(standard ? picture : converted(picture, model.hasAlpha())), "");
    }

    /** Of the numbers as they are, one band or three, and opacity after them. */
    private static Colours stored(Raster raster, ColorModel model, int bands) {
        SampleScale scale = SampleScale.of(raster, model, bands);
        int width = raster.getWidth();
        int height = raster.getHeight();
        boolean transparent = model.hasAlpha() && raster.getNumBands() > bands;
        boolean real = raster.getDataBuffer().getDataType() >= DataBuffer.TYPE_FLOAT;
        double opaque = transparent && !real ? Math.pow(2, model.getComponentSize(bands)) - 1 : 1;
        byte[][] planes = new byte[3][width * height];
        double[] values = new double[width];
        double[] cover = new double[width];
        for (int y = 0; y < height; y++) {
            if (transparent) {
                raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, bands, cover);
            }
            for (int band = 0; band < bands; band++) {
                raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, values);
                for (int x = 0; x < width; x++) {
                    double share = transparent ? Math.min(1, cover[x] / opaque) : 1;
                    planes[band][y * width + x] = (byte) Math.round(WHITE * (1 + (values[x] / scale.white() - 1) * share));
                }
            }
        }
        if (bands == 1) {
            planes[1] = planes[0];
            planes[2] = planes[0];
        }
        return new Colours(new Planes(width, height, planes), scale.note());
    }

    private static Planes colour(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        byte[][] planes = new byte[3][width * height];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            picture.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int alpha = row[x] >>> 24;
                for (int c = 0; c < 3; c++) {
                    int value = row[x] >> (16 - 8 * c) & 0xFF;
                    planes[c][y * width + x] = (byte) ((value * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE);
                }
            }
        }
        return new Planes(width, height, planes);
    }

    private static BufferedImage converted(BufferedImage picture, boolean alpha) {
        int type = alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        return new ColorConvertOp(null)
                .filter(picture, new BufferedImage(picture.getWidth(), picture.getHeight(), type));
    }
}
