package org.hscl.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;

/**
 * A random part of each image, enlarged to the whole (Szegedy et al. 2015). The crop is parallel to the axes, so bilinear
 * resampling is separable: out = R_y · image · R_xᵀ with two small interpolation matrices for each image.
 */
public final class InceptionCrop {

    /** Aspect ratios are log-uniform within [3/4, 4/3]. */
    private static final double ASPECT = Math.log(4.0 / 3);

    private InceptionCrop() {}

    /**
     * The random part, in coordinates where the image spans [−1, 1].
     *
     * @param width width of the crop as a part of the image's, in (0, 1], (N)
     * @param height height likewise, (N)
     * @param centerX centre of the crop, (N)
     * @param centerY centre of the crop, (N)
     */
    public record Parameters(float[] width, float[] height, float[] centerX, float[] centerY) {

        /**
         * Draws for {@code count} images of {@code size} pixels a side: whole-pixel sizes, at least 1, and positions; a draw
         * that does not fit is rejected and drawn again.
         */
        public static Parameters draw(AugmentConfig config, int count, int size, SplittableRandom random) {
            Parameters draw =
                    new Parameters(new float[count], new float[count], new float[count], new float[count]);
            for (int i = 0; i < count; i++) {
                int width;
                int height;
                do {
                    double area = config.minArea() + (config.maxArea() - config.minArea()) * random.nextDouble();
                    double aspect = Math.exp(ASPECT * (2 * random.nextDouble() - 1));
                    width = (int) Math.max(1, Math.round(size * Math.sqrt(area * aspect)));
                    height = (int) Math.max(1, Math.round(size * Math.sqrt(area / aspect)));
                } while (width > size || height > size);
                int left = random.nextInt(size - width + 1);
                int top = random.nextInt(size - height + 1);
                draw.width[i] = (float) width / size;
                draw.height[i] = (float) height / size;
                draw.centerX[i] = (2f * left + width) / size - 1;
                draw.centerY[i] = (2f * top + height) / size - 1;
            }
            return draw;
        }
    }

    /**
     * Crops and enlarges.
     *
     * @param images (N, 3, S, S)
     * @param draw of each image, or one for all
     * @return (N, 3, S, S), bilinear with half-pixel centres, reflected at the border
     */
    public static NDArray apply(NDArray images, Parameters draw) {
        long count = images.getShape().get(0);
        long size = images.getShape().get(2);
        NDArray alongX = interpolation(images, draw.width, draw.centerX, size); // (N, S, S)
        NDArray alongY = interpolation(images, draw.height, draw.centerY, size);
        if (draw.width.length == 1) { // one crop for all: two plain matrix products
            return alongY.reshape(size, size).matMul(images.matMul(alongX.reshape(size, size).transpose()));
        }
        NDArray rows = images.reshape(count, 3 * size, size).matMul(alongX.transpose(0, 2, 1)); // (N, 3S, S)
        return alongY.reshape(count, 1, size, size).matMul(rows.reshape(count, 3, size, size)); // (N, 3, S, S)
    }

    /** Row j of each matrix holds the weights of the source pixels of output pixel j: a hat function about its position. */
    private static NDArray interpolation(NDArray images, float[] scale, float[] center, long size) {
        var manager = images.getManager();
        Shape column = new Shape(scale.length, 1, 1);
        NDArray pixels = manager.arange(0, size, 1, DataType.FLOAT32); // (S)
        NDArray target = pixels.mul(2).addi(1).divi(size).subi(1).reshape(1, size, 1); // (1, S, 1) in (−1, 1)
        NDArray position = target.mul(manager.create(scale, column)).addi(manager.create(center, column)); // (N, S, 1)
        // From [−1, 1] to pixel edges [0, S]; reflection about both ends; then from edges to centres.
        NDArray edge = position.addi(1).muli(size / 2.0).abs();
        NDArray reflected = edge.subi(size).abs().negi().addi(size);
        NDArray source = reflected.subi(0.5).clip(0, size - 1); // (N, S, 1)
        return source.sub(pixels.reshape(1, 1, size)).abs().negi().addi(1).maximum(0); // (N, S, S)
    }
}
