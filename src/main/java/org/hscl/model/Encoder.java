package org.hscl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.hscl.engine.Scalar;

/**
 * f(x): the encoder with its projection, shift head and prototypes.
 *
 * @param config the size of the network
 * @param weights the learned arrays and running statistics
 * @param layout how images lie in memory on their way through the network
 */
public record Encoder(EncoderConfig config, Weights weights, Layout layout) implements AutoCloseable {

    /** Name of the prototypes among the weights. */
    public static final String PROTOTYPES = "prototypes";

    /**
     * What the network says of N images.
     *
     * @param penultimate features before the heads, (N, 8 · width)
     * @param projection z, not normalized, (N, D)
     * @param shift logits of the rotations 0°, 90°, 180°, 270°, (N, 4)
     */
    public record Output(NDArray penultimate, NDArray projection, NDArray shift) {}

    /** A network in the fast layout. */
    public Encoder(EncoderConfig config, Weights weights) {
        this(config, weights, Layout.CHANNELS_LAST);
    }

    /**
     * A network with fresh weights.
     *
     * @param seed the run's seed
     * @param parent gives the device; the weights live until {@link #close()}
     */
    public static Encoder create(EncoderConfig config, long seed, NDManager parent) {
        return new Encoder(config, Initialization.create(config, seed, parent));
    }

    /**
     * Encodes images. The output belongs to the manager of {@code images}.
     *
     * @param images (N, 3, S, S) in [0, 1]
     * @param training whether batch normalization uses and tracks the statistics of this batch
     * @throws IllegalArgumentException if the shape does not fit the network
     */
    public Output forward(NDArray images, boolean training) {
        checkShape(images);
        if (training) {
            return pass(weights, images, true);
        }
        try (Weights constant = weights.constant(images.getManager())) {
            return pass(constant, images, false);
        }
    }

    /**
     * Encodes for learning with the running statistics of batch normalization, which this leaves alone: how a trained network is
     * fine-tuned gently.
     *
     * @param images (N, 3, S, S) in [0, 1]
     */
    public Output forwardFrozen(NDArray images) {
        checkShape(images);
        return pass(weights, images, false);
    }

    private Output pass(Weights weights, NDArray images, boolean training) {
        try (Weights lowered = weights.lowered(config.precision(), images.getManager());
                NDArray two = Scalar.of(images, 2);
                NDArray one = Scalar.of(images, 1);
                NDArray centered = images.mul(two).subi(one); // [−1, 1]
                NDArray input = layout.arrange(centered)) {
            NDArray features = ResNet.features(lowered, input, config.precision(), training); // (N, 8w)
            return new Output(features, Heads.projection(weights, features), Heads.shift(weights, features));
        }
    }

    /** The prototypes, not normalized, (D, K). */
    public NDArray prototypes() {
        return weights.get(PROTOTYPES);
    }

    /** The same weights in another layout; closing either closes both. */
    public Encoder withLayout(Layout other) {
        return new Encoder(config, weights, other);
    }

    /** The same weights in a trunk that computes in other numbers; closing either closes both. */
    public Encoder withPrecision(Precision numbers) {
        return new Encoder(config.withPrecision(numbers), weights, layout);
    }

    /** A copy with weights of its own, which a further training does not touch. */
    public Encoder copy(NDManager parent) {
        return new Encoder(config, weights.copy(parent), layout);
    }

    /**
     * A copy for scoring only: the same outputs in evaluation mode, batch normalization folded into the convolutions.
     *
     * @param parent gives the device of the copy
     */
    public Encoder folded(NDManager parent) {
        return new Encoder(config, Folding.fold(weights, parent), layout);
    }

    private void checkShape(NDArray images) {
        long[] shape = images.getShape().getShape();
        int size = config.inputSize();
        if (shape.length != 4 || shape[0] < 1 || shape[1] != 3 || shape[2] != size || shape[3] != size) {
            throw new IllegalArgumentException("images have shape %s; the encoder takes (N, 3, %d, %d) with N ≥ 1"
                    .formatted(images.getShape(), size, size));
        }
    }

    @Override
    public void close() {
        weights.close();
    }
}
