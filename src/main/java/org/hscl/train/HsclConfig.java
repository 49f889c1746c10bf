package org.hscl.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.hscl.augment.AugmentConfig;
import org.hscl.loss.LossConfig;
import org.hscl.loss.Variant;
import org.hscl.model.EncoderConfig;
import org.hscl.model.Precision;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides a training, composed of the settings of each room.
 *
 * @param encoder the size of the network
 * @param augment how strongly images are augmented
 * @param loss which relations are learned, in which form
 * @param optimizer Adam and its learning rate
 * @param epochs passes over the training images; paper 250
 * @param batchSize images a batch, each giving eight rows; paper 256
 * @param seed the one seed of all randomness
 * @param warmStart the detector whose weights a training starts from; absent for fresh weights, as in the paper
 */
public record HsclConfig(
        EncoderConfig encoder,
        AugmentConfig augment,
        LossConfig loss,
        OptimizerConfig optimizer,
        int epochs,
        int batchSize,
        long seed,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WarmStart warmStart) {

    /** Checks the ranges. */
    public HsclConfig {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs is " + epochs + "; give at least 1 (paper: 250)");
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize is " + batchSize + "; give at least 1 (paper: 256)");
        }
    }

    /** The paper's full protocol: width 64, 250 epochs, batches of 256 images. Meant for a GPU. */
    public static HsclConfig defaults() {
        return new HsclConfig(
                EncoderConfig.defaults(),
                AugmentConfig.defaults(),
                LossConfig.defaults(),
                OptimizerConfig.defaults(),
                250,
                256,
                1,
                null);
    }

    /** A size that a laptop trains in minutes: width 16, 20 epochs with 2 of warm-up, batches of 32 images. */
    public static HsclConfig small() {
        return defaults()
                .withWidth(16)
                .withEpochs(20)
                .withBatchSize(32)
                .withOptimizer(OptimizerConfig.defaults().withWarmupEpochs(2));
    }

    /** The same size in the other variant: loss, rows and schedule together. */
    public HsclConfig withVariant(Variant variant) {
        LossConfig form = variant == Variant.PAPER ? LossConfig.defaults() : LossConfig.released();
        LossConfig changed = loss.withVariant(variant).withRows(form.rows());
        return withLoss(changed).withOptimizer(optimizer.withSchedule(variant));
    }

    /** Another network. */
    public HsclConfig withEncoder(EncoderConfig network) {
        return new HsclConfig(network, augment, loss, optimizer, epochs, batchSize, seed, warmStart);
    }

    /** Another width of the network. */
    public HsclConfig withWidth(int channels) {
        return withEncoder(encoder.withWidth(channels));
    }

    /** Another precision of the network's trunk. */
    public HsclConfig withPrecision(Precision numbers) {
        return withEncoder(encoder.withPrecision(numbers));
    }

    /** Another number of prototypes K. */
    public HsclConfig withPrototypes(int count) {
        return withEncoder(encoder.withPrototypes(count));
    }

    /** Other augmentation. */
    public HsclConfig withAugment(AugmentConfig strength) {
        return new HsclConfig(encoder, strength, loss, optimizer, epochs, batchSize, seed, warmStart);
    }

    /** Another loss. */
    public HsclConfig withLoss(LossConfig total) {
        return new HsclConfig(encoder, augment, total, optimizer, epochs, batchSize, seed, warmStart);
    }

    /** Other optimization. */
    public HsclConfig withOptimizer(OptimizerConfig adam) {
        return new HsclConfig(encoder, augment, loss, adam, epochs, batchSize, seed, warmStart);
    }

    /** Another number of epochs. */
    public HsclConfig withEpochs(int count) {
        return new HsclConfig(encoder, augment, loss, optimizer, count, batchSize, seed, warmStart);
    }

    /** Another number of images a batch. */
    public HsclConfig withBatchSize(int images) {
        return new HsclConfig(encoder, augment, loss, optimizer, epochs, images, seed, warmStart);
    }

    /** Another seed. */
    public HsclConfig withSeed(long number) {
        return new HsclConfig(encoder, augment, loss, optimizer, epochs, batchSize, number, warmStart);
    }

    /**
     * Starts from the weights of a saved detector instead of from fresh ones. Only HSCL itself does:
     * other methods that train an encoder refuse it, those on pixels or features have no use for it.
     *
     * @throws IllegalArgumentException if the network is of another size, see {@link WarmStart#check}
     */
    public HsclConfig withWarmStart(WarmStart detector) {
        detector.check(encoder);
        return new HsclConfig(encoder, augment, loss, optimizer, epochs, batchSize, seed, detector);
    }
}
