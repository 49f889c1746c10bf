package org.hscl.model;

import ai.djl.ndarray.NDArray;

/**
 * Memory layout of images. Convolutions run faster where the channels of a pixel lie together; DJL has no switch for it, but
 * PyTorch follows the strides of its input.
 */
public final class Layout {

    private Layout() {}

    /**
     * The same images, stored N×H×W×C and seen as N×C×H×W.
     *
     * @param images (N, C, H, W)
     * @return (N, C, H, W), channels last in memory
     */
    public static NDArray channelsLast(NDArray images) {
        long count = images.getShape().get(0);
        long channels = images.getShape().get(1);
        long height = images.getShape().get(2);
        long width = images.getShape().get(3);
        // The reshape to a matrix is what copies: a transposed view alone would keep the old strides.
        return images.transpose(0, 2, 3, 1)
                .reshape(count * height * width, channels)
                .reshape(count, height, width, channels)
                .transpose(0, 3, 1, 2);
    }
}
