package org.hscl.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.SplittableRandom;
import org.hscl.engine.Numbers;
import org.hscl.engine.Parcel;
import org.hscl.engine.Scalar;
import org.hscl.engine.SeededRandom;

/**
 * Random contrast, hue, saturation and value, in one of two orders for the whole batch.
 *
 * @param probability that an image is jittered
 * @param strength half width of the factors U(1 − s, 1 + s) for contrast, saturation and value
 * @param hue half width of the hue shift in turns
 */
public record ColorJitter(double probability, double strength, double hue) implements Augmentation {

    private static final String CHOSEN = "color jitter chosen";
    private static final String CONTRAST = "color jitter contrast";
    private static final String HUE = "color jitter hue";
    private static final String SATURATION = "color jitter saturation";
    private static final String VALUE = "color jitter value";

    /** The usual one, as strong as configured. */
    public static ColorJitter of(AugmentConfig config) {
        // The released code measures its shift in 255ths of a circle cut in 360.
        return new ColorJitter(config.jitterProbability(), config.jitterStrength(), config.hueStrength() * 255 / 360);
    }

    @Override
    public Parameters draw(int rows, int size, SplittableRandom random) {
        double low = 1 - strength;
        double high = 1 + strength;
        return new Parameters(
                Masks.draw(rows, probability, random),
                random.nextBoolean(),
                SeededRandom.uniform(rows, low, high, random),
                SeededRandom.uniform(rows, -hue, hue, random),
                SeededRandom.uniform(rows, low, high, random),
                SeededRandom.uniform(rows, low, high, random));
    }

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
            float[] value) implements Change {

        @Override
        public void put(Parcel parcel) {
            parcel.put(CHOSEN, chosen).put(CONTRAST, contrast).put(HUE, hue).put(SATURATION, saturation).put(VALUE, value);
        }

        @Override
        public NDArray on(NDArray images, Numbers sent) {
            NDArray flags = column(CHOSEN, images, sent);
            NDArray factor = column(CONTRAST, images, sent);
            NDArray shift = column(HUE, images, sent);
            NDArray purity = column(SATURATION, images, sent);
            NDArray light = column(VALUE, images, sent);
            if (Masks.none(chosen)) {
                return images;
            }
            NDArray jittered = contrastFirst
                    ? hsv(ColorJitter.contrast(images, factor), shift, purity, light)
                    : ColorJitter.contrast(hsv(images, shift, purity, light), factor);
            return Masks.choose(chosen, flags, jittered, images);
        }

        /** (N, 1, 1, 1). */
        private NDArray column(String name, NDArray images, Numbers sent) {
            return sent.take(name, images.getManager(), chosen.length, 1, 1, 1);
        }
    }

    /**
     * Scales each image about its per-channel mean, then clamps to [0, 1].
     *
     * @param factor (N, 1, 1, 1)
     */
    public static NDArray contrast(NDArray images, NDArray factor) {
        NDArray sum = images.sum(new int[] {2, 3}, true); // (N, 3, 1, 1)
        NDArray mean = sum.divi(Scalar.of(sum, images.getShape().get(2) * images.getShape().get(3)));
        NDArray offset = mean.sub(mean.mul(factor));
        return Scalar.unit(images.mul(factor).addi(offset));
    }

    /**
     * Shifts hue, scales saturation and value, each clamped to its range.
     *
     * @param hueShift in turns, (N, 1, 1, 1), as the two factors
     */
    public static NDArray hsv(NDArray images, NDArray hueShift, NDArray saturationFactor, NDArray valueFactor) {
        NDArray red = images.get(new NDIndex(":, 0:1")); // (N, 1, H, W)
        NDArray green = images.get(new NDIndex(":, 1:2"));
        NDArray blue = images.get(new NDIndex(":, 2:3"));
        // Channel by channel: a maximum along an axis of length 3 is far slower.
        NDArray high = NDArrays.maximum(NDArrays.maximum(red, green), blue);
        NDArray low = NDArrays.minimum(NDArrays.minimum(red, green), blue);
        NDArray hue = hue(red, green, blue).addi(Scalar.times(hueShift, 6));
        // Where the pixel is black, saturation is 0: high − low = 0 there, so the floor only avoids 0/0.
        NDArray floor = Scalar.of(high, 1e-20);
        NDArray saturation = Scalar.unit(high.sub(low).divi(high.maximum(floor)).muli(saturationFactor));
        return toRgb(hue, saturation, Scalar.unit(high.mul(valueFactor)));
    }

    /**
     * The hue of each pixel in sixths of a turn, any real number, (N, 1, H, W): atan2(√3 (g − b), 2r − g − b). Hue is cyclic,
     * so the quadrant correction of atan2 is half a turn wherever the second argument is negative.
     */
    private static NDArray hue(NDArray red, NDArray green, NDArray blue) {
        NDArray y = green.sub(blue).muli(Scalar.of(red, Math.sqrt(3)));
        // A gray pixel has x = y = 0; the tiny denominator gives it hue 0.
        NDArray x = Scalar.times(red, 2).subi(green).subi(blue).addi(Scalar.of(red, 1e-20));
        NDArray halfTurn = x.sign().muli(Scalar.of(x, -1.5)).addi(Scalar.of(x, 1.5)); // 0 or 3 sixths
        return y.divi(x).atan().muli(Scalar.of(x, 3 / Math.PI)).addi(halfTurn);
    }

    /**
     * HSV to RGB by the piecewise linear ramp v − v s · clamp(min(k, 4 − k), 0, 1), k = (5, 3, 1) + 6 h mod 6. With 6 h in
     * [0, 6), min(k, 4 − k) is 2 − d where d = | |6 h − (0, 2, 4)| − 3 |, so the ramp is v − 2 v s + v s · clamp(d, 1, 2).
     */
    private static NDArray toRgb(NDArray sixths, NDArray saturation, NDArray value) {
        NDArray turns = Scalar.times(sixths, 1 / 6.0).floor();
        NDArray wrapped = sixths.sub(turns.muli(Scalar.of(sixths, 6))); // (N, 1, H, W) in [0, 6)
        NDArray channel = sixths.getManager().arange(0, 3, 1, DataType.FLOAT32).reshape(1, 3, 1, 1);
        NDArray distance = wrapped.sub(channel.muli(Scalar.of(channel, 2))).abs().subi(Scalar.of(channel, 3)).abs(); // (N, 3, H, W)
        NDArray ramp = distance.maximum(Scalar.of(channel, 1)).minimum(Scalar.of(channel, 2));
        NDArray chroma = saturation.mul(value); // (N, 1, H, W)
        return ramp.muli(chroma).addi(value.sub(Scalar.times(chroma, 2)));
    }
}
