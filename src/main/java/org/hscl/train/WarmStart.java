package org.hscl.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hscl.data.DataException;
import org.hscl.data.Json;
import org.hscl.data.SafeFolder;
import org.hscl.engine.Torch;
import org.hscl.model.Encoder;
import org.hscl.model.EncoderConfig;
import org.hscl.model.Weights;

/**
 * The weights of a saved detector, from which a training starts instead of from fresh ones. Two are equal if the weights are,
 * wherever they lie.
 *
 * @param folder the detector
 * @param weightsSha256 of its weights, see {@link Weights#sha256()}: a training starts from no other
 */
public record WarmStart(Path folder, String weightsSha256) {

    private static final String FACTS = "detector.json";
    private static final String WEIGHTS = "weights.npz";

    /** What is asked of {@code detector.json}. */
    private record Facts(HsclConfig config) {}

    /**
     * The detector in a folder.
     *
     * @throws DataException if there is none with an encoder of its own, or it is damaged
     */
    public static WarmStart of(Path folder) {
        try (NDManager scratch = Torch.engine().newBaseManager(Device.cpu()); Encoder saved = read(folder, scratch)) {
            return new WarmStart(folder, saved.weights().sha256());
        }
    }

    /**
     * Refuses an encoder that the weights do not fit. Another number of prototypes is no obstacle, nor is another precision.
     *
     * @throws IllegalArgumentException if architecture, width, input size or projection dimensions differ
     */
    public void check(EncoderConfig wanted) {
        EncoderConfig saved = settings(folder);
        List<String> differences = new ArrayList<>(Json.differences(saved, wanted));
        differences.removeIf(part -> part.startsWith("prototypes ") || part.startsWith("precision "));
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException("the detector %s is of another size: %s; give the encoder the detector's settings"
                    .formatted(folder, String.join(", ", differences)));
        }
    }

    /** Gives an encoder the detector's weights; its prototypes stay fresh where it has another number of them. */
    void load(Encoder encoder) {
        check(encoder.config());
        try (NDManager scratch = encoder.weights().manager().newSubManager(); Encoder saved = read(folder, scratch)) {
            String found = saved.weights().sha256();
            if (!found.equals(weightsSha256)) {
                throw new DataException("the detector %s has weights of SHA-256 %s, but the training was to start from %s; give that one"
                        .formatted(folder, found, weightsSha256));
            }
            for (String name : encoder.weights().names()) {
                NDArray value = saved.weights().get(name);
                if (!name.equals(Encoder.PROTOTYPES) || value.getShape().equals(encoder.prototypes().getShape())) {
                    Weights.assign(encoder.weights().get(name), value);
                }
            }
        }
    }

    private static Encoder read(Path folder, NDManager manager) {
        Encoder encoder = Encoder.create(settings(folder), 0, manager);
        try (NDManager scratch = manager.newSubManager(); InputStream stream = Files.newInputStream(folder.resolve(WEIGHTS))) {
            encoder.weights().load(NDList.decode(scratch, stream));
            return encoder;
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static EncoderConfig settings(Path folder) {
        Path file = folder.resolve(FACTS);
        try {
            SafeFolder.verify(folder, FACTS, WEIGHTS);
            return Json.read(Files.readString(file), Facts.class, file.toString()).config().encoder();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static DataException unreadable(Path folder, IOException e) {
        return new DataException("no training can start from %s (%s); give a detector that has an encoder of its own"
                .formatted(folder, e.getMessage()), e);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WarmStart start && weightsSha256.equals(start.weightsSha256);
    }

    @Override
    public int hashCode() {
        return weightsSha256.hashCode();
    }
}
