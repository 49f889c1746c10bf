package org.hscl.features;

import ai.djl.engine.EngineException;
import ai.djl.modality.cv.Image.Interpolation;
import ai.djl.modality.cv.util.NDImageUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hscl.data.DataException;
import org.hscl.data.ImageSet;
import org.hscl.data.SafeFiles;
import org.hscl.detect.AnomalyDetector;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Scalar;
import org.hscl.engine.Torch;
import org.hscl.eval.Encodings;

/**
 * A pretrained network as a TorchScript file. It takes (N, 3, H, W) and gives (N, C), or maps (N, C, H, W), or several of either;
 * a map's mean stands for it, and each output is brought to length 1 before they are joined.
 *
 * @param file the TorchScript file, or the folder of a saved detector, whose encoder then serves
 * @param sha256 of the file, or of the detector's weights, in hexadecimal: a detector scores with no other
 * @param size height and width in pixels that pictures are resized to
 * @param mean of each channel, subtracted from values in [0, 1]
 * @param deviation of each channel, by which the rest is divided
 */
public record Backbone(Path file, String sha256, int size, List<Double> mean, List<Double> deviation) {

    private static final int CHANNELS = 3;
    private static final int LEAST_SIZE = 16;
    private static final int LARGEST_SIZE = 1024;

    /** Checks the settings. */
    public Backbone {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (size < LEAST_SIZE || size > LARGEST_SIZE) {
            throw new IllegalArgumentException("size is %d; give %d … %d pixels".formatted(size, LEAST_SIZE, LARGEST_SIZE));
        }
        if (mean.size() != CHANNELS || deviation.size() != CHANNELS || deviation.stream().anyMatch(d -> !(d > 0))) {
            throw new IllegalArgumentException("mean is %s and deviation %s; give three numbers each, the latter above 0"
                    .formatted(mean, deviation));
        }
    }

    /**
     * A network whose input is 128 × 128 pixels in [0, 1].
     *
     * @throws DataException if there is no such file
     */
    public static Backbone torchScript(Path file) {
        try {
            return new Backbone(file, SafeFiles.sha256(file), 128, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
        } catch (IOException e) {
            throw new DataException("the backbone %s cannot be read (%s); give a TorchScript file".formatted(file, e), e);
        }
    }

    /**
     * The encoder of a saved detector, so that nobody needs a foreign file.
     *
     * @param folder as {@link AnomalyDetector#save} wrote it; its pictures must be of the size that it was trained on
     * @throws DataException if there is no such detector
     */
    public static Backbone detector(Path folder) {
        try (AnomalyDetector detector = AnomalyDetector.load(folder, "cpu")) {
            return new Backbone(folder, detector.weightsSha256(), detector.config().encoder().inputSize(), List.of(0.0, 0.0, 0.0),
                    List.of(1.0, 1.0, 1.0));
        }
    }

    /**
     * The network in a file, or in a detector's folder.
     *
     * @throws DataException if there is neither
     */
    public static Backbone at(Path place) {
        return Files.isDirectory(place) ? detector(place) : torchScript(place);
    }

    /** Another input size. */
    public Backbone withSize(int pixels) {
        return new Backbone(file, sha256, pixels, mean, deviation);
    }

    /** The normalization that torchvision's and timm's networks were trained with, that of ImageNet. */
    public Backbone withImageNetNormalization() {
        return withNormalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
    }

    /** Another normalization. */
    public Backbone withNormalization(List<Double> newMean, List<Double> newDeviation) {
        return new Backbone(file, sha256, size, newMean, newDeviation);
    }

    /**
     * What the network makes of pictures.
     *
     * @param images N pictures of any size
     * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu(i)}
     * @return (N, C); rows depend neither on the other pictures nor on their place
     * @throws DataException if the file is no TorchScript, takes no such pictures, or gives numbers that are not finite or all alike
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public float[][] features(ImageSet images, String device) {
        if (Files.isDirectory(file)) {
            try (AnomalyDetector detector = AnomalyDetector.load(file, device)) {
                float[][] features = detector.features(images);
                check(features);
                return features;
            }
        }
        try (NDManager manager = Torch.engine().newBaseManager(ComputeDevice.choose(device).device())) {
            PtSymbolBlock network = load((PtNDManager) manager);
            float[][] features = Encodings.read(images, manager, batch -> Encodings.rows(pass(network, batch)));
            check(features);
            return features;
        } catch (EngineException e) {
            throw new DataException("the backbone %s takes no pictures of 3 × %d × %d (%s); give another size, or a network for RGB"
                    .formatted(file, size, size, firstLine(e)), e);
        }
    }

    private PtSymbolBlock load(PtNDManager manager) {
        try (InputStream stream = Files.newInputStream(file)) {
            return JniUtils.loadModule(manager, stream, false, false);
        } catch (IOException e) {
            throw new UncheckedIOException("the backbone %s cannot be read: %s".formatted(file, e.getMessage()), e);
        } catch (EngineException e) {
            throw new DataException("the backbone %s is no TorchScript file (%s); export the network with torch.jit.trace"
                    .formatted(file, firstLine(e)), e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private NDArray pass(PtSymbolBlock network, NDArray batch) {
        NDManager manager = batch.getManager();
        NDArray sized = batch.getShape().get(2) == size
                ? batch
                : NDImageUtils.resize(batch.transpose(0, 2, 3, 1), size, size, Interpolation.BILINEAR).transpose(0, 3, 1, 2);
        NDArray input = sized.sub(column(manager, mean)).div(column(manager, deviation)); // (B, 3, S, S)
        NDList parts = new NDList();
        for (NDArray output : IValueUtils.forward(network, new NDList(input), false)) {
            output.attach(manager);
            NDArray vectors = switch (output.getShape().dimension()) {
                case 2 -> output; // (B, C)
                case 4 -> output.reshape(output.getShape().get(0), output.getShape().get(1), -1).mean(new int[] {2}); // of (B, C, H, W)
                default -> throw new DataException("the backbone %s gives an output of shape %s; wanted are (N, C) or (N, C, H, W)"
                        .formatted(file, output.getShape()));
            };
            parts.add(unit(vectors));
        }
        return parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, 1); // (B, C)
    }

    private static NDArray unit(NDArray vectors) {
        NDArray length = vectors.square().sum(new int[] {1}, true).sqrt();
        return vectors.div(length.maximum(Scalar.of(length, 1e-12)));
    }

    private static NDArray column(NDManager manager, List<Double> values) {
        float[] numbers = new float[CHANNELS];
        for (int c = 0; c < CHANNELS; c++) {
            numbers[c] = values.get(c).floatValue();
        }
        return manager.create(numbers).reshape(1, CHANNELS, 1, 1);
    }

    private void check(float[][] features) {
        boolean finite = Arrays.stream(features).allMatch(row -> {
            for (float value : row) {
                if (!Float.isFinite(value)) {
                    return false;
                }
            }
            return true;
        });
        boolean alike = features.length > 1 && Arrays.stream(features).allMatch(row -> Arrays.equals(row, features[0]));
        if (!finite || alike) {
            throw new DataException("the backbone %s gives features that are %s; check its normalization, or give another network"
                    .formatted(file, finite ? "alike for all pictures" : "not finite"));
        }
    }
}
