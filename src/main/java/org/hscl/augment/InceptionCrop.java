package org.hscl.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.SplittableRandom;
import org.hscl.engine.Numbers;
import org.hscl.engine.Parcel;
import org.hscl.engine.Scalar;

/**
 * A random part of each image, enlarged to the whole (Szegedy et al. 2015). The crop is parallel to the axes, so bilinear
 * resampling is separable: out = R_y · image · R_xᵀ with two small interpolation matrices for each image.
 *
 * @param minArea smallest part of the area that is kept
 * @param maxArea largest part
 */
public record InceptionCrop(double minArea, double maxArea) implements Augmentation {

    private static final String SIZE = "crop size";
    private static final String CENTER = "crop center";

    /** Aspect ratios are log-uniform within [3/4, 4/3]. */
    private static final double ASPECT = Math.log(4.0 / 3);

    /** The usual one, with the configured areas. */
    public static InceptionCrop of(AugmentConfig config) {
        return new InceptionCrop(config.minArea(), config.maxArea());
    }

    /** Whole-pixel sizes, at least 1, and positions; a draw that does not fit is rejected and drawn again. */
    @Override
    public Parameters draw(int rows, int size, SplittableRandom random) {
        Parameters draw = new Parameters(new float[rows], new float[rows], new float[rows], new float[rows]);
        for (int i = 0; i < rows; i++) {
            int width;
            int height;
            do {
                double area = minArea + (maxArea - minArea) * random.nextDouble();
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

    /**
     * The random part, in coordinates where the image spans [−1, 1].
     *
     * @param width width of the crop as a part of the image's, in (0, 1], (N)
     * @param height height likewise, (N)
     * @param centerX centre of the crop, (N)
     * @param centerY centre of the crop, (N)
     */
    public record Parameters(float[] width, float[] height, float[] centerX, float[] centerY) implements Change {

        @Override
        public void put(Parcel parcel) {
            parcel.put(SIZE, width, height).put(CENTER, centerX, centerY);
        }

        /** Bilinear with half-pixel centres, reflected at the border. */
        @Override
        public NDArray on(NDArray images, Numbers sent) {
            long draws = width.length;
            NDArray scale = sent.take(SIZE, images.getManager(), 2 * draws, 1, 1);
            NDArray center = sent.take(CENTER, images.getManager(), 2 * draws, 1, 1);
            return cropped(images, scale, center, draws);
        }
    }

    private static NDArray cropped(NDArray images, NDArray scale, NDArray center, long draws) {
        long count = images.getShape().get(0);
        long size = images.getShape().get(2);
        NDArray weights = interpolation(scale, center, size); // (2 · draws, S, S)
        NDArray alongX = weights.get(new NDIndex(":{}", draws));
        NDArray alongY = weights.get(new NDIndex("{}:", draws));
        if (draws == 1) { // one crop for all: two plain matrix products
            return alongY.reshape(size, size).matMul(images.matMul(alongX.reshape(size, size).transpose()));
        }
        NDArray rows = images.reshape(count, 3 * size, size).matMul(alongX.transpose(0, 2, 1)); // (N, 3S, S)
        return alongY.reshape(count, 1, size, size).matMul(rows.reshape(count, 3, size, size)); // (N, 3, S, S)
    }

    /**
     * Row j of each matrix holds the weights of the source pixels of output pixel j: a hat function about its position.
     *
     * @param scale part of the image that is kept, (M, 1, 1)
     * @param center of that part in (−1, 1), (M, 1, 1)
     * @return (M, S, S)
     */
    private static NDArray interpolation(NDArray scale, NDArray center, long size) {
        NDArray pixels = scale.getManager().arange(0, size, 1, DataType.FLOAT32).reshape(1, size, 1); // (1, S, 1)
        NDArray half = Scalar.of(pixels, size / 2.0);
        NDArray fromCenter = Scalar.plus(pixels, 0.5).subi(half);
        // Between the pixel edges 0 and S; reflected about both ends; then from edges to centres.
        NDArray edge = fromCenter.mul(scale).addi(center.mul(half).addi(half)).abs(); // (M, S, 1)
        NDArray reflected = edge.subi(Scalar.of(edge, size)).abs().negi().addi(Scalar.of(edge, size));
        NDArray source = reflected.subi(Scalar.of(edge, 0.5)).maximum(Scalar.of(edge, 0)).minimum(Scalar.of(edge, size - 1));
        NDArray distance = source.sub(pixels.reshape(1, 1, size)).abs(); // (M, S, S)
        return distance.negi().addi(Scalar.of(distance, 1)).maximum(Scalar.of(distance, 0));
    }
}
