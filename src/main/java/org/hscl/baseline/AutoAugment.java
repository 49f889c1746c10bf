package org.hscl.baseline;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** AutoAugment's policy for CIFAR-10 (Cubuk et al. 2019, Table 7): one of 25 pairs of operations, each done with its chance. */
final class AutoAugment implements AugmentationPolicy {

    private static final int GRAY = 128;

    /** probability operation index; twice a line. */
    private static final List<String[]> PAIRS = Arrays.stream("""
            .1 INVERT 7 .2 CONTRAST 6
            .7 ROTATE 2 .3 TRANSLATE_X 9
            .8 SHARPNESS 1 .9 SHARPNESS 3
            .5 SHEAR_Y 8 .7 TRANSLATE_Y 9
            .5 AUTOCONTRAST 8 .9 EQUALIZE 2
            .2 SHEAR_Y 7 .3 POSTERIZE 7
            .4 COLOR 3 .6 BRIGHTNESS 7
            .3 SHARPNESS 9 .7 BRIGHTNESS 9
            .6 EQUALIZE 5 .5 EQUALIZE 1
            .6 CONTRAST 7 .6 SHARPNESS 5
            .7 COLOR 7 .5 TRANSLATE_X 8
            .3 EQUALIZE 7 .4 AUTOCONTRAST 8
            .4 TRANSLATE_Y 3 .2 SHARPNESS 6
            .9 BRIGHTNESS 6 .2 COLOR 8
            .5 SOLARIZE 2 0 INVERT 3
            .2 EQUALIZE 0 .6 AUTOCONTRAST 0
            .2 EQUALIZE 8 .6 EQUALIZE 4
            .9 COLOR 9 .6 EQUALIZE 6
            .8 AUTOCONTRAST 4 .2 SOLARIZE 8
            .1 BRIGHTNESS 3 .7 COLOR 0
            .4 SOLARIZE 5 .9 AUTOCONTRAST 3
            .9 TRANSLATE_Y 9 .7 TRANSLATE_Y 9
            .9 AUTOCONTRAST 2 .8 SOLARIZE 3
            .8 EQUALIZE 8 .1 INVERT 3
            .7 TRANSLATE_Y 9 .9 AUTOCONTRAST 1
            """.split("\n")).map(line -> line.split(" ")).toList();

    @Override
    public int[] view(int[] image, int size, SplittableRandom random) {
        String[] pair = PAIRS.get(random.nextInt(PAIRS.size()));
        int[] view = image;
        for (int i = 0; i < pair.length; i += 3) {
            boolean done = random.nextDouble() < Double.parseDouble(pair[i]);
            int sign = random.nextBoolean() ? 1 : -1;
            if (done) {
                view = apply(PixelOperation.valueOf(pair[i + 1]), Integer.parseInt(pair[i + 2]), sign, view, size);
            }
        }
        return view;
    }

    /**
     * One operation at a strength.
     *
     * @param index of the strength, 0 … 9
     * @param sign 1 or −1, where the operation has two directions
     */
    static int[] apply(PixelOperation operation, int index, int sign, int[] image, int size) {
        double part = index / 9.0;
        double parameter = switch (operation) {
            case SHEAR_X, SHEAR_Y -> sign * 0.3 * part;
            case TRANSLATE_X, TRANSLATE_Y -> sign * 150 / 331.0 * part * size;
            case ROTATE -> 30 * part;
            case COLOR, CONTRAST, SHARPNESS, BRIGHTNESS -> 1 + sign * 0.9 * part;
            case POSTERIZE -> Math.round(8 - 4 * part);
            case SOLARIZE -> 256 - 256 * part;
            default -> 0;
        };
        return switch (operation) {
            case SHEAR_X -> PixelGeometry.shear(image, size, parameter, 0, GRAY);
            case SHEAR_Y -> PixelGeometry.shear(image, size, 0, parameter, GRAY);
            default -> operation.apply(image, size, parameter, GRAY);
        };
    }
}
