package org.hscl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * f(x): a network with its projection, shift head and prototypes. All that it learns, prototypes included, lies in its
 * {@link Weights}, by which it is optimized, saved and loaded.
 */
public interface Encoder extends AutoCloseable {

    /** Name of the prototypes among the weights. */
    String PROTOTYPES = "prototypes";

    /**
     * What the network says of N images.
     *
     * @param penultimate features before the heads, (N, F)
     * @param projection z, not normalized, (N, D)
     * @param shift logits of the rotations 0°, 90°, 180°, 270°, (N, 4)
     */
    record Output(NDArray penultimate, NDArray projection, NDArray shift) {}

    /** Makes a network with fresh weights, which live on a manager of their own below {@code parent}. */
    @FunctionalInterface
    interface Architecture {
        /** The same weights for the same seed, whatever the device. */
        Encoder create(EncoderConfig config, long seed, NDManager parent);
    }

    /** The networks by name. A new one is a new file and a line here. */
    static Map<String, Architecture> architectures() {
        Map<String, Architecture> all = new LinkedHashMap<>();
        all.put(EncoderConfig.RESNET18, (config, seed, parent) ->
                ResNetEncoder.create(config, List.of(2, 2, 2, 2), seed, parent));
        all.put("resnet34", (config, seed, parent) -> ResNetEncoder.create(config, List.of(3, 4, 6, 3), seed, parent));
        return all;
    }

    /**
     * A network by its name.
     *
     * @throws IllegalArgumentException if there is no such architecture
     */
    static Architecture architecture(String name) {
        Architecture architecture = architectures().get(name);
        if (architecture == null) {
            throw new IllegalArgumentException("there is no architecture '%s'; choose one of %s"
                    .formatted(name, String.join(", ", architectures().keySet())));
        }
        return architecture;
    }

    /**
     * A network with fresh weights.
     *
     * @param config names its architecture, one of {@link #architectures}
     * @param seed the run's seed
     * @param parent gives the device; the weights live until {@link #close()}
     * @throws IllegalArgumentException if there is no such architecture
     */
    static Encoder create(EncoderConfig config, long seed, NDManager parent) {
        return architecture(config.architecture()).create(config, seed, parent);
    }

    /** Its settings. */
    EncoderConfig config();

    /** The learned arrays, those of {@link #PROTOTYPES} among them, and running statistics. */
    Weights weights();

    /**
     * Encodes images. The output belongs to the manager of {@code images}.
     *
     * @param images (N, 3, S, S) in [0, 1]
     * @param training whether a gradient can flow, and batch normalization uses and tracks the statistics of this batch
     * @throws IllegalArgumentException if the shape does not fit the network
     */
    Output forward(NDArray images, boolean training);

    /**
     * Encodes for learning with the running statistics of batch normalization, which this leaves alone: how a trained network is
     * fine-tuned gently.
     *
     * @param images (N, 3, S, S) in [0, 1]
     */
    Output forwardFrozen(NDArray images);

    /** The prototypes, not normalized, (D, K). */
    default NDArray prototypes() {
        return weights().get(PROTOTYPES);
    }

    /** The same weights in a trunk that computes in other numbers; closing either closes both. */
    Encoder withPrecision(Precision numbers);

    /** A copy on the device of {@code parent} with weights of its own, which a further training does not touch. */
    Encoder copy(NDManager parent);

    /** A copy for scoring only, as fast as can be: the same outputs in evaluation mode. */
    default Encoder folded(NDManager parent) {
        return copy(parent);
    }

    @Override
    default void close() {
        weights().close();
    }
}
