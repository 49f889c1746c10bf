package org.hscl.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.SplittableRandom;

/**
 * Chains the augmentations into the views of one batch.
 *
 * @param config how strongly to augment
 */
public record Augmenter(AugmentConfig config) {

    /** Rows of one image in a training batch: two views, four rotations each. */
    public static final int ROWS_PER_IMAGE = 2 * Rotation.COUNT;

    /**
     * The training batch of the paper: two views of each image, each flipped at random and rotated four ways, then jittered,
     * grayed and cropped row by row.
     *
     * @param images (B, 3, S, S) in [0, 1]
     * @param random this step's randomness
     * @return (8B, 3, S, S), view-major, then rotation-major, then image: [v1r0 (B), v1r1, v1r2, v1r3, v2r0, …, v2r3]
     */
    public NDArray twoViews(NDArray images, SplittableRandom random) {
        return recolorAndCrop(flipAndRotate(images, random), random);
    }

    /**
     * The first half of {@link #twoViews}: each image flipped twice at random, each of the two rotated four ways.
     *
     * @param images (B, 3, S, S) in [0, 1]
     * @return (8B, 3, S, S)
     */
    public NDArray flipAndRotate(NDArray images, SplittableRandom random) {
        int count = (int) images.getShape().get(0);
        NDArray first = Rotation.all(Flip.apply(images, Flip.draw(count, random)));
        NDArray second = Rotation.all(Flip.apply(images, Flip.draw(count, random)));
        return NDArrays.concat(new NDList(first, second));
    }

    /**
     * One random sample of each image without rotation, for galleries: flip, jitter, gray, crop.
     *
     * @param images (N, 3, S, S) in [0, 1]
     * @return (N, 3, S, S)
     */
    public NDArray sample(NDArray images, SplittableRandom random) {
        int count = (int) images.getShape().get(0);
        return recolorAndCrop(Flip.apply(images, Flip.draw(count, random)), random);
    }

    /**
     * One sample of the scoring ensemble: each image flipped alike, rotated four ways, then jittered, grayed and cropped, each
     * rotation in its own way but every image alike, so that an image's sample does not depend on its batch.
     *
     * @param images (N, 3, S, S) in [0, 1]
     * @param random the sample's randomness
     * @return (4N, 3, S, S), rotation-major
     */
    public NDArray ensembleSample(NDArray images, SplittableRandom random) {
        int count = (int) images.getShape().get(0);
        int size = (int) images.getShape().get(2);
        int shifts = Rotation.COUNT;
        NDArray rows = Rotation.all(random.nextBoolean() ? images.flip(3) : images);
        var jitter = ColorJitter.Parameters.draw(config, shifts, random).repeat(count);
        boolean[] gray = Repeat.each(Grayscale.draw(shifts, config.grayProbability(), random), count);
        var crop = InceptionCrop.Parameters.draw(config, shifts, size, random).repeat(count);
        return InceptionCrop.apply(Grayscale.apply(ColorJitter.apply(rows, jitter), gray), crop);
    }

    /**
     * The second half of {@link #twoViews}: jitter, gray and crop of each row, with its own draws.
     *
     * @param rows (N, 3, S, S) in [0, 1]
     * @return the same shape
     */
    public NDArray recolorAndCrop(NDArray rows, SplittableRandom random) {
        int count = (int) rows.getShape().get(0);
        int size = (int) rows.getShape().get(2);
        NDArray jittered = ColorJitter.apply(rows, ColorJitter.Parameters.draw(config, count, random));
        NDArray grayed = Grayscale.apply(jittered, Grayscale.draw(count, config.grayProbability(), random));
        return InceptionCrop.apply(grayed, InceptionCrop.Parameters.draw(config, count, size, random));
    }
}
