package org.hscl.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.SplittableRandom;
import org.hscl.engine.Numbers;
import org.hscl.engine.Parcel;

/**
 * Chains the augmentations into the views of one batch.
 *
 * @param config how strongly to augment
 */
public record Augmenter(AugmentConfig config) {

    /** Rows of one image in a training batch: two views, four rotations each. */
    public static final int ROWS_PER_IMAGE = 2 * Rotation.COUNT;

    /**
     * The random part of a training batch.
     *
     * @param firstFlips which images view 1 mirrors, (B)
     * @param secondFlips which images view 2 mirrors, (B)
     * @param colors jitter of each row, (8B)
     * @param gray which rows lose their colours, (8B)
     * @param crops crop of each row, (8B)
     */
    public record Draws(
            boolean[] firstFlips,
            boolean[] secondFlips,
            ColorJitter.Parameters colors,
            boolean[] gray,
            InceptionCrop.Parameters crops) {

        /** Puts what the device needs of it, in the order in which the two halves take it: 82 B numbers. */
        public Parcel put(Parcel parcel) {
            parcel.put(firstFlips).put(secondFlips);
            return crops.put(colors.put(parcel).put(gray));
        }
    }

    /** Draws for a training batch of {@code count} images of {@code size} pixels a side. */
    public Draws draw(int count, int size, SplittableRandom random) {
        return draw(count, Rotation.COUNT, size, random);
    }

    /** The same for a batch with so many turns of each view: 4, or 1 for none but the upright one. */
    public Draws draw(int count, int turns, int size, SplittableRandom random) {
        int rows = count * 2 * turns;
        return new Draws(
                Flip.draw(count, random),
                Flip.draw(count, random),
                ColorJitter.Parameters.draw(config, rows, random),
                Grayscale.draw(rows, config.grayProbability(), random),
                InceptionCrop.Parameters.draw(config, rows, size, random));
    }

    /**
     * The training batch of the paper: two views of each image, each flipped at random and rotated four ways, then jittered,
     * grayed and cropped row by row.
     *
     * @param images (B, 3, S, S) in [0, 1]
     * @param random this step's randomness
     * @return (8B, 3, S, S), view-major, then rotation-major, then image: [v1r0 (B), v1r1, v1r2, v1r3, v2r0, …, v2r3]
     */
    public NDArray twoViews(NDArray images, SplittableRandom random) {
        long[] shape = images.getShape().getShape();
        Draws draws = draw((int) shape[0], (int) shape[2], random);
        Numbers sent = draws.put(new Parcel()).send(images.getManager());
        return recolorAndCrop(flipAndRotate(images, draws, sent), draws, sent);
    }

    /**
     * The first half of {@link #twoViews}: each image flipped twice at random, each of the two rotated four ways, unless the draws are for
     * upright rows only.
     *
     * @param images (B, 3, S, S) in [0, 1]
     * @param draws for B images
     * @param sent the draws on the device
     * @return (8B, 3, S, S), or (2B, 3, S, S)
     */
    public NDArray flipAndRotate(NDArray images, Draws draws, Numbers sent) {
        NDArray first = Flip.apply(images, draws.firstFlips, sent);
        NDArray second = Flip.apply(images, draws.secondFlips, sent);
        return draws.gray.length == 2 * draws.firstFlips.length
                ? NDArrays.concat(new NDList(first, second))
                : NDArrays.concat(new NDList(Rotation.all(first), Rotation.all(second)));
    }

    /**
     * The second half of {@link #twoViews}: jitter, gray and crop of each row, with its own draws.
     *
     * @param rows (8B, 3, S, S) in [0, 1]
     * @param draws for B images
     * @param sent the draws on the device, those of the first half taken
     * @return the same shape
     */
    public NDArray recolorAndCrop(NDArray rows, Draws draws, Numbers sent) {
        NDArray jittered = ColorJitter.apply(rows, draws.colors, sent);
        NDArray grayed = Grayscale.apply(jittered, draws.gray, sent);
        return InceptionCrop.apply(grayed, draws.crops, sent);
    }

    /**
     * One random sample of each image without rotation, for galleries: flip, jitter, gray, crop.
     *
     * @param images (N, 3, S, S) in [0, 1]
     * @return (N, 3, S, S)
     */
    public NDArray sample(NDArray images, SplittableRandom random) {
        int count = (int) images.getShape().get(0);
        return recolorAndCrop(Flip.apply(images, Flip.draw(count, random)), count, random);
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
        NDArray flipped = random.nextBoolean() ? images.flip(3) : images;
        NDList rotations = new NDList();
        for (int r = 0; r < Rotation.COUNT; r++) {
            rotations.add(recolorAndCrop(Rotation.apply(flipped, r), 1, random));
        }
        return NDArrays.concat(rotations);
    }

    /** Jitter, gray and crop with a draw for each row, or with one for all. */
    private NDArray recolorAndCrop(NDArray rows, int draws, SplittableRandom random) {
        int size = (int) rows.getShape().get(2);
        NDArray jittered = ColorJitter.apply(rows, ColorJitter.Parameters.draw(config, draws, random));
        NDArray grayed = Grayscale.apply(jittered, Grayscale.draw(draws, config.grayProbability(), random));
        return InceptionCrop.apply(grayed, InceptionCrop.Parameters.draw(config, draws, size, random));
    }
}
