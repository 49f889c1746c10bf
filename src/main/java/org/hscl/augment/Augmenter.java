package org.hscl.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
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
     * What changes each row, in this order. One more here is drawn, sent and applied with the others, in training and in the scoring
     * ensemble.
     */
    static List<Augmentation> augmentations(AugmentConfig config) {
        List<Augmentation> all = new ArrayList<>();
        all.add(ColorJitter.of(config));
        all.add(new Grayscale(config.grayProbability()));
        all.add(InceptionCrop.of(config));
        return all;
    }

    /**
     * The random part of a training batch of B images.
     *
     * @param first mirrors the images of view 1, B coins
     * @param second mirrors those of view 2
     * @param changes of each row, 8B decisions each
     * @param turns of each view: 4, or 1 for none but the upright one
     */
    public record Draws(Flip first, Flip second, List<Augmentation.Change> changes, int turns) {

        /** Puts what the device needs of it: 82 B numbers. */
        public Parcel put(Parcel parcel) {
            first.put(parcel);
            second.put(parcel);
            changes.forEach(change -> change.put(parcel));
            return parcel;
        }
    }

    /** Draws for a training batch of {@code count} images of {@code size} pixels a side. */
    public Draws draw(int count, int size, SplittableRandom random) {
        return draw(count, Rotation.COUNT, size, random);
    }

    /** The same for a batch with so many turns of each view: 4, or 1 for none but the upright one. */
    public Draws draw(int count, int turns, int size, SplittableRandom random) {
        Flip first = Flip.draw("flips of view 1", count, random);
        Flip second = Flip.draw("flips of view 2", count, random);
        List<Augmentation.Change> changes = new ArrayList<>();
        augmentations(config).forEach(one -> changes.add(one.draw(count * 2 * turns, size, random)));
        return new Draws(first, second, changes, turns);
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
        return change(flipAndRotate(images, draws, sent), draws, sent);
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
        NDArray first = draws.first.on(images, sent);
        NDArray second = draws.second.on(images, sent);
        return draws.turns == 1
                ? NDArrays.concat(new NDList(first, second))
                : NDArrays.concat(new NDList(Rotation.all(first), Rotation.all(second)));
    }

    /**
     * The second half of {@link #twoViews}: all changes of each row, with its own draws.
     *
     * @param rows (8B, 3, S, S) in [0, 1]
     * @param draws for B images
     * @param sent the draws on the device
     * @return the same shape
     */
    public NDArray change(NDArray rows, Draws draws, Numbers sent) {
        NDArray changed = rows;
        for (Augmentation.Change change : draws.changes) {
            changed = change.on(changed, sent);
        }
        return changed;
    }

    /**
     * One random sample of each image without rotation, for galleries: flip, jitter, gray, crop.
     *
     * @param images (N, 3, S, S) in [0, 1]
     * @return (N, 3, S, S)
     */
    public NDArray sample(NDArray images, SplittableRandom random) {
        int count = (int) images.getShape().get(0);
        return change(Flip.draw(count, random).on(images), count, random);
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
            rotations.add(change(Rotation.apply(flipped, r), 1, random));
        }
        return NDArrays.concat(rotations);
    }

    /**
     * All changes of given rows.
     *
     * @param rows (N, 3, S, S) in [0, 1]
     * @param draws N, or 1 for one draw that serves all
     * @return the same shape
     */
    public NDArray change(NDArray rows, int draws, SplittableRandom random) {
        int size = (int) rows.getShape().get(2);
        NDArray changed = rows;
        for (Augmentation augmentation : augmentations(config)) {
            changed = augmentation.draw(draws, size, random).on(changed);
        }
        return changed;
    }
}
