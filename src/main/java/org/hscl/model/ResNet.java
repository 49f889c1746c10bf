package org.hscl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import java.util.List;

/**
 * A ResNet for 32×32 images (He et al. 2016, as adapted by CSI): a 3×3 convolution with stride 1 and no max-pool, four
 * stages of basic blocks, two each in ResNet-18, global average pool. Intermediate results are closed as soon as the next one exists: what the
 * backward pass needs, PyTorch keeps by itself.
 */
final class ResNet {

    static final int STAGES = 4;

    /**
     * Channels that a CPU's vector holds. Where they are no multiple of it, oneDNN's backward pass of a 1×1 convolution with a stride
     * writes past its workspace if channels come last (uxlfoundation/oneDNN#6035), so the pixels are left out before, not by the stride.
     */
    private static final int VECTOR = 16;

    private static final float MOMENTUM = 0.9f;
    static final float EPSILON = 1e-5f;

    private ResNet() {}

    /**
     * Penultimate features.
     *
     * @param weights as {@link Weights#lowered} gives them
     * @param images (N, 3, S, S), float32, normalized to [−1, 1], in either memory layout; may be closed
     * @param precision of everything from here to the pooled features
     * @param training whether batch statistics are used and the running ones updated
     * @return (N, 8 · width), float32
     */
    static NDArray features(Weights weights, NDArray images, Precision precision, boolean training) {
        NDArray x = precision.lower(List.of(images)).get(0);
        for (int i = 0; weights.has("stem." + i + ".conv.weight"); i++) {
            x = step(x, relu(convolve(weights, x, "stem." + i + ".conv", 2, training)));
        }
        x = step(x, relu(convolve(weights, x, "conv1", 1, training))); // (N, w, 32, 32)
        for (int stage = 1; stage <= STAGES; stage++) {
            for (int block = 0; weights.has(name(stage, block) + ".conv1.weight"); block++) {
                int stride = stage > 1 && block == 0 ? 2 : 1;
                x = step(x, basicBlock(weights, x, name(stage, block), stride, training));
            }
        }
        NDArray pooled = step(x, Pool.globalAvgPool2d(x)); // (N, 8w)
        NDArray features = precision.raise(pooled);
        return features == pooled ? features : step(pooled, features);
    }

    /** What the weights of a block are called, from stage 1 and block 0. */
    static String name(int stage, int block) {
        return "layer" + stage + "." + block;
    }

    /** The next result; what it came from is closed. */
    private static NDArray step(NDArray before, NDArray next) {
        before.close();
        return next;
    }

    /** relu(bn(conv(relu(bn(conv(x))))) + skip(x)). */
    private static NDArray basicBlock(Weights weights, NDArray x, String name, int stride, boolean training) {
        NDArray inner = relu(convolve(weights, x, name + ".conv1", stride, training));
        NDArray outer = convolve(weights, inner, name + ".conv2", 1, training);
        inner.close();
        if (!weights.has(name + ".shortcut.0.weight")) {
            return relu(outer.addi(x));
        }
        boolean thin = stride == 2 && x.getShape().get(1) % VECTOR != 0;
        NDArray input = thin ? x.get(":, :, ::2, ::2") : x;
        try (NDArray skip = convolve(weights, input, name + ".shortcut.0", thin ? 1 : stride, training)) {
            return relu(outer.addi(skip));
        } finally {
            if (thin) {
                input.close();
            }
        }
    }

    /** A convolution that keeps the size, up to its stride, and the batch normalization after it. */
    private static NDArray convolve(Weights weights, NDArray x, String name, int stride, boolean training) {
        NDArray weight = weights.get(name + ".weight");
        long padding = weight.getShape().get(2) / 2;
        // A bias, and no normalization, is what Folding leaves.
        NDArray bias = weights.has(name + ".bias") ? weights.get(name + ".bias") : null;
        NDArray y = Conv2d.conv2d(x, weight, bias, new Shape(stride, stride), new Shape(padding, padding))
                .singletonOrThrow();
        return bias == null ? normalize(weights, y, normalizationOf(name), training) : y;
    }

    /** Batch normalization; closes its input. */
    private static NDArray normalize(Weights weights, NDArray x, String name, boolean training) {
        try (x) {
            return x.getNDArrayInternal()
                    .batchNorm(
                            x,
                            weights.get(name + ".running_mean"),
                            weights.get(name + ".running_var"),
                            weights.get(name + ".weight"),
                            weights.get(name + ".bias"),
                            -1, // PyTorch's own channel axis
                            MOMENTUM,
                            EPSILON,
                            training)
                    .singletonOrThrow();
        }
    }

    /** ReLU; closes its input. */
    private static NDArray relu(NDArray x) {
        try (x) {
            return Activation.relu(x);
        }
    }

    /** The batch normalization that follows a convolution; the name itself where it is no convolution of the trunk. */
    static String normalizationOf(String convolution) {
        return convolution.replaceFirst("conv(\\d?)$", "bn$1").replaceFirst("shortcut\\.0$", "shortcut.1");
    }
}
