package org.hscl.detect;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hscl.data.DataException;
import org.hscl.data.Fit;
import org.hscl.data.SafeFiles;
import org.hscl.data.SavedFolder;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.hscl.eval.Encodings;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.model.Encoder;
import org.hscl.train.History;
import org.hscl.train.HsclConfig;

/**
 * A saved detector, format {@value #VERSION}: a folder with
 *
 * <ul>
 *   <li>{@code detector.json}: {@link Saved}
 *   <li>{@code weights.npz}: float32 arrays with PyTorch's names ({@code layer1.0.conv1.weight}, …, {@code prototypes}), running
 *       statistics included; {@code numpy.load} reads it
 *   <li>{@code scores.npz}: {@code labeled_normal}, {@code unlabeled}, {@code labeled_abnormal}, the scores of the training
 *       images (float64; an empty group is left out), and {@code neighbours}, the projections of L⁺ ∪ U (float32, (N, D)),
 *       where no prototypes were learned
 *   <li>{@code SHA256SUMS}: the checksums of the others
 * </ul>
 *
 * Later versions keep reading earlier ones: a new fact is an optional component, a changed one a new version number.
 */
final class DetectorFolder {

    /** The format that this code writes, and the newest that it reads. Version 2 names the losses of the history. */
    static final int VERSION = 2;

    static final SavedFolder KIND = new SavedFolder("detector.json", VERSION);

    private static final String WEIGHTS = "weights.npz";
    private static final String SCORES = "scores.npz";

    private DetectorFolder() {}

    /** Content of {@code detector.json}; the statistics repeat what {@code scores.npz} holds, for a human reader. */
    record Saved(
            int version,
            String name,
            List<String> classNames,
            HsclConfig config,
            long steps,
            Map<String, TrainingScores.Statistics> scores,
            Threshold threshold,
            History history,
            Optional<Fit> fit,
            Optional<Provenance> provenance) {

        /** Detectors from before these facts do not say them. */
        @SuppressWarnings("OptionalAssignedToNull")
        Saved {
            fit = fit == null ? Optional.empty() : fit;
            provenance = provenance == null ? Optional.empty() : provenance;
        }
    }

    /**
     * Writes a detector.
     *
     * @throws UncheckedIOException if the folder cannot be written, or holds anything but an older detector
     */
    static void write(Path folder, Facts facts, Parts parts) {
        TrainingScores scores = facts.scores();
        Map<String, TrainingScores.Statistics> statistics = new LinkedHashMap<>();
        statistics.put("labeled_normal", scores.ofLabeledNormal());
        statistics.put("unlabeled", scores.ofUnlabeled());
        statistics.put("labeled_abnormal", scores.ofLabeledAbnormal());
        Saved saved = new Saved(VERSION, facts.name(), facts.classNames(), facts.config(), facts.steps(), statistics,
                facts.threshold(), facts.history(), facts.fit(), facts.provenance());
        try (NDManager scratch = parts.memory().during(NDManager::newSubManager)) {
            NDList arrays = new NDList();
            add(arrays, "labeled_normal", scores.labeledNormal(), scratch);
            add(arrays, "unlabeled", scores.unlabeled(), scratch);
            add(arrays, "labeled_abnormal", scores.labeledAbnormal(), scratch);
            parts.neighbours().ifPresent(rows -> add(arrays, "neighbours", rows.matrix(scratch)));
            Map<String, SafeFiles.Content> files = new LinkedHashMap<>();
            files.put(WEIGHTS, stream -> parts.trained().weights().toList().encode(stream, NDList.Encoding.NPZ));
            files.put(SCORES, stream -> arrays.encode(stream, NDList.Encoding.NPZ));
            KIND.write(folder, saved, files);
        }
    }

    private static void add(NDList arrays, String name, double[] values, NDManager manager) {
        if (values.length > 0) {
            add(arrays, name, manager.create(values));
        }
    }

    private static void add(NDList arrays, String name, NDArray array) {
        array.setName(name);
        arrays.add(array);
    }

    /**
     * Reads a detector.
     *
     * @param device as {@link ComputeDevice#choose} takes it
     * @throws DataException if a file is missing, damaged or of a later version
     */
    static AnomalyDetector read(Path folder, String device) {
        NDManager manager = Torch.engine().newBaseManager(ComputeDevice.choose(device).device());
        try {
            return read(folder, manager);
        } catch (IOException e) {
            manager.close();
            throw SavedFolder.unreadable(folder, e);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static AnomalyDetector read(Path folder, NDManager manager) throws IOException {
        Saved saved = KIND.read(folder, Saved.class, WEIGHTS, SCORES);
        Encoder encoder = Encoder.create(saved.config().encoder(), 0, manager);
        try (NDManager scratch = manager.newSubManager()) {
            encoder.weights().load(arrays(folder.resolve(WEIGHTS), scratch));
            Map<String, NDArray> scores = new LinkedHashMap<>();
            arrays(folder.resolve(SCORES), scratch).forEach(array -> scores.put(array.getName(), array));
            TrainingScores training = new TrainingScores(
                    values(scores, "labeled_normal"), values(scores, "unlabeled"), values(scores, "labeled_abnormal"));
            Facts facts = new Facts(
                    saved.name(), saved.classNames(), saved.config(), saved.history(), saved.steps(), training,
                    saved.threshold(), saved.fit(), saved.provenance());
            Optional<Parts.Reference> neighbours = Optional.ofNullable(scores.get("neighbours"))
                    .map(matrix -> new Parts.Reference(Encodings.rows(matrix)));
            return new AnomalyDetector(facts, new Parts(new NativeMemory(manager), encoder, encoder.folded(manager), neighbours));
        }
    }

    private static NDList arrays(Path file, NDManager manager) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return NDList.decode(manager, stream);
        }
    }

    private static double[] values(Map<String, NDArray> arrays, String name) {
        return arrays.containsKey(name) ? arrays.get(name).toDoubleArray() : new double[0];
    }
}
