package org.hscl.data;

import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.util.Locale;

/**
 * Which stored number of a picture is white; black is 0. Formats declare it for whole numbers of up to 8 bits. What is wider
 * often uses only a part of its width: the greatest number found then tells which, and what fits no usual range is refused,
 * since a guess would make pictures white, black or wrapped around.
 *
 * @param white the stored number that is white
 * @param note what was assumed, one clause, or empty where nothing was
 */
record SampleScale(double white, String note) {

    private static final double[] WHOLE = {0xFF, 0xFFF, 0xFFFF};
    private static final double[] REAL = {1, 0xFF, 0xFFFF};

    /**
     * Of a picture.
     *
     * @param colourBands how many bands are colours; what follows is opacity
     * @throws DataException if its numbers fit no usual range; the sentence is a clause about the picture
     */
    static SampleScale of(Raster raster, ColorModel colours, int colourBands) {
        int type = raster.getDataBuffer().getDataType();
        int bits = colours.getComponentSize(0);
        double declared = Math.pow(2, bits) - 1;
        if (type == DataBuffer.TYPE_BYTE || bits <= 8) {
            return new SampleScale(declared, "");
        }
        boolean real = type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE;
        double[] range = range(raster, colourBands);
        String kind = real ? "real numbers" : bits + "-bit numbers";
        if (range[0] >= 0) {
            for (double white : real ? REAL : WHOLE) {
                if (range[1] > 0 && range[1] <= white && white <= declared) {
                    boolean plain = white == (real ? 1 : declared);
                    return new SampleScale(white, plain ? "" : "holds %s up to %s: %s is taken as white"
                            .formatted(kind, text(range[1]), text(white)));
                }
            }
            if (range[1] == 0 || !real && range[1] > declared / 2) {
                return new SampleScale(declared, "");
            }
        }
        throw new DataException("holds %s from %s to %s, and nothing says which of them is white; save it with 8 or 16 bits"
                .formatted(kind, text(range[0]), text(range[1])));
    }

    /** The smallest and the greatest number; no number among them makes both not a number. */
    private static double[] range(Raster raster, int bands) {
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        double[] row = new double[raster.getWidth()];
        for (int band = 0; band < bands; band++) {
            for (int y = 0; y < raster.getHeight(); y++) {
                for (double value : raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, band, row)) {
                    range[0] = Math.min(range[0], value);
                    range[1] = Math.max(range[1], value);
                }
            }
        }
        return range;
    }

    private static String text(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.4g", value);
    }
}
