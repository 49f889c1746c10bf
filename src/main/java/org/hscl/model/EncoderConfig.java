package org.hscl.model;

import java.util.Objects;

/**
 * The kind and size of the network.
 *
 * @param width channels of the first stage; the paper's ResNet-18 has 64, a CPU is comfortable with 8 or 16
 * @param inputSize height and width of the images: 32 (paper), 64 or 128, each doubling adding a stride-2 stem
 * @param projectionDimensions D, the dimensions of the projection; paper 128
 * @param prototypes K, the number of prototypes; paper 1
 * @param precision in which numbers the trunk computes; paper float32, which is also what files from before the setting mean
 * @param architecture one of {@link Encoder#architectures}; paper resnet18, which is also what files from before the setting mean
 */
public record EncoderConfig(
        int width, int inputSize, int projectionDimensions, int prototypes, Precision precision, String architecture) {

    /** The paper's network. */
    public static final String RESNET18 = "resnet18";

    /** The input that the trunk itself takes. */
    static final int TRUNK_SIZE = 32;

    /** Checks the ranges. */
    public EncoderConfig {
        precision = Objects.requireNonNullElse(precision, Precision.FLOAT32); // files from before the setting have none
        architecture = Objects.requireNonNullElse(architecture, RESNET18);
        if (width < 1) {
            throw new IllegalArgumentException("width is " + width + "; give at least 1 (paper: 64)");
        }
        if (inputSize != 32 && inputSize != 64 && inputSize != 128) {
            throw new IllegalArgumentException("inputSize is " + inputSize + "; give 32, 64 or 128");
        }
        if (projectionDimensions < 1) {
            throw new IllegalArgumentException(
                    "projectionDimensions is " + projectionDimensions + "; give at least 1 (paper: 128)");
        }
        if (prototypes < 1) {
            throw new IllegalArgumentException("prototypes is " + prototypes + "; give at least 1 (paper: 1)");
        }
    }

    /** The paper's network: width 64, 32×32 images, 128 dimensions, one prototype, float32. */
    public static EncoderConfig defaults() {
        return new EncoderConfig(64, 32, 128, 1, Precision.FLOAT32, RESNET18);
    }

    /** Another width. */
    public EncoderConfig withWidth(int channels) {
        return new EncoderConfig(channels, inputSize, projectionDimensions, prototypes, precision, architecture);
    }

    /** Another image size: 32, 64 or 128 pixels a side. */
    public EncoderConfig withInputSize(int pixels) {
        return new EncoderConfig(width, pixels, projectionDimensions, prototypes, precision, architecture);
    }

    /** Another number of projection dimensions. */
    public EncoderConfig withProjectionDimensions(int dimensions) {
        return new EncoderConfig(width, inputSize, dimensions, prototypes, precision, architecture);
    }

    /** Another number of prototypes. */
    public EncoderConfig withPrototypes(int count) {
        return new EncoderConfig(width, inputSize, projectionDimensions, count, precision, architecture);
    }

    /** Another precision of the trunk; {@link Precision#auto} is the fastest that suits a device. */
    public EncoderConfig withPrecision(Precision numbers) {
        return new EncoderConfig(width, inputSize, projectionDimensions, prototypes, numbers, architecture);
    }

    /** Another architecture. */
    public EncoderConfig withArchitecture(String name) {
        return new EncoderConfig(width, inputSize, projectionDimensions, prototypes, precision, name);
    }

    /** Dimensions of the penultimate features, 8 · width (paper: 512). */
    public int featureDimensions() {
        return 8 * width;
    }
}
