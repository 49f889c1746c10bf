package org.hscl.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hscl.augment.Augmenter;
import org.hscl.engine.Parcel;
import org.hscl.engine.SeededRandom;
import org.hscl.loss.BatchRows;
import org.hscl.loss.RowSampler;

/**
 * Which images each step of an epoch takes, and what it draws: a function of (seed, epoch, step), so that a resumed training
 * goes on as one that was never stopped.
 *
 * @param config seed and batch size
 * @param data images and labels
 * @param stepper plans a single step
 * @param epoch from 0
 * @param order the images of the epoch, shuffled
 */
record EpochPlan(HsclConfig config, TrainingData data, TrainingStep stepper, int epoch, int[] order) {

    private static final long SHUFFLE = 1;
    private static final long STEP = 2;

    static EpochPlan of(HsclConfig config, TrainingData data, TrainingStep stepper, int epoch) {
        int[] order = SeededRandom.permutation(data.count(), SeededRandom.at(config.seed(), SHUFFLE, epoch));
        return new EpochPlan(config, data, stepper, epoch, order);
    }

    /** Steps from one to before another; the last of the epoch may have fewer images. */
    List<StepPlan> steps(int from, int to) {
        return IntStream.range(from, to).mapToObj(this::step).toList();
    }

    private StepPlan step(int step) {
        int start = step * config.batchSize();
        int[] batch = Arrays.copyOfRange(order, start, Math.min(start + config.batchSize(), order.length));
        return stepper.plan(batch, data.labels(batch), SeededRandom.at(config.seed(), STEP, epoch, step));
    }

    /**
     * All that the host decides of one step, made before the device is asked for anything: which images, which rows are what, and
     * every draw.
     *
     * @param images numbers of the training images, (B)
     * @param rows which rows of the batch are labeled how
     * @param views draws of the augmentation
     * @param uniforms draws for the normal-to-abnormal relation, in [0, 1)
     */
    record StepPlan(int[] images, BatchRows rows, Augmenter.Draws views, float[] uniforms) {

        /** The name of the images' numbers in the parcel. */
        static final String IMAGES = "images";

        /** What the device needs of it. */
        Parcel parcel() {
            return rows.put(views.put(new Parcel().put(IMAGES, images))).put(RowSampler.UNIFORMS, uniforms);
        }
    }
}
