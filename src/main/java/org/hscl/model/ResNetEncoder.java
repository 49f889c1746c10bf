package org.hscl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.hscl.engine.Scalar;

/**
 * A ResNet with HSCL's heads: the paper's encoder, of 18 layers, and a deeper one.
 *
 * @param config the size of the network
 * @param weights the learned arrays and running statistics
 * @param layout how images lie in memory on their way through the network
 */
public record ResNetEncoder(EncoderConfig config, Weights weights, Layout layout) implements Encoder {

    /** A network in the fast layout. */
    public ResNetEncoder(EncoderConfig config, Weights weights) {
        this(config, weights, Layout.CHANNELS_LAST);
    }

    /**
     * A network with fresh weights.
     *
     * @param blocks in each of the four stages: two each in ResNet-18
     * @param seed the run's seed
     * @param parent gives the device; the weights live until {@link #close()}
     */
    static ResNetEncoder create(EncoderConfig config, List<Integer> blocks, long seed, NDManager parent) {
        return new ResNetEncoder(config, Initialization.create(config, blocks, seed, parent));
    }

    @Override
    public Output forward(NDArray images, boolean training) {
        checkShape(images);
        if (training) {
            return pass(weights, images, true);
        }
        try (Weights constant = weights.constant(images.getManager())) {
            return pass(constant, images, false);
        }
    }

    @Override
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

    /** The same weights in another layout; closing either closes both. */
    public ResNetEncoder withLayout(Layout other) {
        return new ResNetEncoder(config, weights, other);
    }

    @Override
    public ResNetEncoder withPrecision(Precision numbers) {
        return new ResNetEncoder(config.withPrecision(numbers), weights, layout);
    }

    @Override
    public ResNetEncoder copy(NDManager parent) {
        return new ResNetEncoder(config, weights.copy(parent), layout);
    }

    /** Batch normalization folded into the convolutions. */
    @Override
    public ResNetEncoder folded(NDManager parent) {
        return new ResNetEncoder(config, Folding.fold(weights, parent), layout);
    }

    private void checkShape(NDArray images) {
        long[] shape = images.getShape().getShape();
        int size = config.inputSize();
        if (shape.length != 4 || shape[0] < 1 || shape[1] != 3 || shape[2] != size || shape[3] != size) {
            throw new IllegalArgumentException("images have shape %s; the encoder takes (N, 3, %d, %d) with N ≥ 1"
                    .formatted(images.getShape(), size, size));
        }
    }
}
