package org.hscl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.HexFormat;
import org.hscl.data.ImageSet;
import org.hscl.data.SafeFiles;
import org.hscl.model.DeviceImages;
import org.hscl.model.EncoderConfig;
import org.hscl.scenario.Label;

/** The training images, on the device, and what training may know of them. */
final class TrainingData implements AutoCloseable {

    private final DeviceImages images;
    private final Label[] labels;
    private final String fingerprint;

    /**
     * Moves images to the device of a manager.
     *
     * @throws IllegalArgumentException if there are none, or labels are missing, or the encoder takes another size
     */
    TrainingData(ImageSet set, Label[] labels, EncoderConfig encoder, NDManager manager) {
        check(set, labels, encoder);
        this.labels = labels.clone();
        fingerprint = fingerprint(set, labels);
        images = new DeviceImages(set, manager);
    }

    private static void check(ImageSet images, Label[] labels, EncoderConfig encoder) {
        if (images.count() == 0 || labels.length != images.count()) {
            throw new IllegalArgumentException(
                    "%s: %d images and %d labels; give at least one image, one label each"
                            .formatted(images.name(), images.count(), labels.length));
        }
        if (images.size() != encoder.inputSize()) {
            throw new IllegalArgumentException("%s has images of %d pixels, the encoder takes %d; set inputSize or resize"
                    .formatted(images.name(), images.size(), encoder.inputSize()));
        }
    }

    private static String fingerprint(ImageSet images, Label[] labels) {
        var digest = SafeFiles.sha256();
        digest.update(images.pixels());
        for (Label label : labels) {
            digest.update((byte) label.ordinal());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Images and labels, told apart from any others. */
    String fingerprint() {
        return fingerprint;
    }

    int count() {
        return labels.length;
    }

    /** Some images, by numbers that are on the device, int64 (B): (B, 3, S, S) in [0, 1]. */
    NDArray images(NDArray rows, NDManager manager) {
        return images.batch(rows, manager);
    }

    /** Their labels, (B). */
    Label[] labels(int[] rows) {
        return Arrays.stream(rows).mapToObj(i -> labels[i]).toArray(Label[]::new);
    }

    @Override
    public void close() {
        images.close();
    }
}
