package org.hscl.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.hscl.engine.SeededRandom;

/** Random contrast, hue, saturation and value, in one of two orders for the whole batch. */
public final class ColorJitter {

    private ColorJitter() {}

    /**
     * The random part.
     *
     * @param chosen which images are jittered, (N)
     * @param contrastFirst the order: contrast then HSV, or HSV then contrast
     * @param contrast factor about the per-channel mean, (N)
     * @param hue shift in turns, (N)
     * @param saturation factor, (N)
     * @param value factor, (N)
     */
    public record Parameters(
            boolean[] chosen,
            boolean contrastFirst,
            float[] contrast,
            float[] hue,
            float[] saturation,
            float[] value) {

        /** Draws for {@code count} images. */
        public static Parameters draw(AugmentConfig config, int count, SplittableRandom random) {
            double low = 1 - config.jitterStrength();
            double high = 1 + config.jitterStrength();
            // The released code measures its shift in 255ths of a circle cut in 360.
            double hue = config.hueStrength() * 255 / 360;
            return new Parameters(
                    Masks.draw(count, config.jitterProbability(), random),
                    random.nextBoolean(),
                    SeededRandom.uniform(count, low, high, random),
                    SeededRandom.uniform(count, -hue, hue, random),
                    SeededRandom.uniform(count, low, high, random),
                    SeededRandom.uniform(count, low, high, random));
        }
    }

    /**
     * Jitters the chosen images.
     *
     * @param images (N, 3, H, W) in [0, 1]
     * @return the same shape and range
     */
    public static NDArray apply(NDArray images, Parameters draw) {
        if (Masks.none(draw.chosen)) {
            return images;
        }
        NDArray jittered = draw.contrastFirst
                ? hsv(contrast(images, draw.contrast), draw.hue, draw.saturation, draw.value)
                : contrast(hsv(images, draw.hue, draw.saturation, draw.value), draw.contrast);
        return Masks.choose(draw.chosen, jittered, images);
    }

    /** Scales each image about its per-channel mean, then clamps to [0, 1]. */
    public static NDArray contrast(NDArray images, float[] factor) {
        long pixels = images.getShape().get(2) * images.getShape().get(3);
        NDArray mean = images.sum(new int[] {2, 3}, true).divi(pixels); // (N, 3, 1, 1)
        return images.sub(mean).muli(column(images, factor)).addi(mean).clip(0, 1);
    }

    /**
     * Shifts hue, scales saturation and value, each clamped to its range.
     *
     * @param hueShift in turns
     */
    public static NDArray hsv(NDArray images, float[] hueShift, float[] saturationFactor, float[] valueFactor) {
        NDArray red = images.get(new NDIndex(":, 0:1")); // (N, 1, H, W)
        NDArray green = images.get(new NDIndex(":, 1:2"));
        NDArray blue = images.get(new NDIndex(":, 2:3"));
        // Channel by channel: a maximum along an axis of length 3 is far slower.
        NDArray high = NDArrays.maximum(NDArrays.maximum(red, green), blue);
        NDArray low = NDArrays.minimum(NDArrays.minimum(red, green), blue);
        NDArray hue = hue(red, green, blue).addi(column(images, hueShift)); // turns, any real number
        // Where the pixel is black, saturation is 0: high − low = 0 there, so the floor only avoids 0/0.
        NDArray saturation = high.sub(low).divi(high.maximum(1e-20f)).muli(column(images, saturationFactor)).clip(0, 1);
        NDArray value = high.mul(column(images, valueFactor)).clip(0, 1);
        return toRgb(hue, saturation, value);
    }

    /**
     * The hue of each pixel, (N, 1, H, W): atan2(√3 (g − b), 2r − g − b) in turns. Hue is cyclic, so the quadrant correction
     * of atan2 is half a turn wherever the second argument is negative.
     */
    private static NDArray hue(NDArray red, NDArray green, NDArray blue) {
        NDArray y = green.sub(blue).muli(Math.sqrt(3));
        NDArray x = red.mul(2).subi(green).subi(blue);
        NDArray halfTurn = x.lt(0).toType(DataType.FLOAT32, false).muli(0.5);
        // A gray pixel has x = y = 0; the tiny denominator gives it hue 0.
        NDArray denominator = x.addi(x.eq(0).toType(DataType.FLOAT32, false).muli(1e-20f));
        return y.divi(denominator).atan().divi(2 * Math.PI).addi(halfTurn);
    }

    /** HSV to RGB by the piecewise linear ramp v − v s · clamp(min(k, 4 − k), 0, 1), k = (5, 3, 1) + 6 h mod 6. */
    private static NDArray toRgb(NDArray hue, NDArray saturation, NDArray value) {
        NDArray offsets = hue.getManager().create(new float[] {5, 3, 1}, new Shape(1, 3, 1, 1));
        NDArray k = hue.mul(6).add(offsets); // (N, 3, H, W)
        k = k.subi(k.div(6).floor().muli(6));
        NDArray ramp = NDArrays.minimum(k, k.neg().addi(4)).clip(0, 1);
        return ramp.muli(saturation.mul(value)).negi().addi(value);
    }

    private static NDArray column(NDArray images, float[] values) {
        return images.getManager().create(values, new Shape(values.length, 1, 1, 1));
    }
}
