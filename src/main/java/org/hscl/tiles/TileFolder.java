package org.hscl.tiles;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hscl.data.Json;
import org.hscl.data.SafeFiles;
import org.hscl.data.SavedFolder;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.model.Encoder;
import org.hscl.train.HsclConfig;

/** A saved detector on tiles: {@code tiles.json} is {@link TileFacts}, {@code weights-N.npz} the weights of its scale N. */
final class TileFolder {

    static final SavedFolder KIND = new SavedFolder("tiles.json", TileFacts.VERSION);

    private TileFolder() {}

    private static String weights(int scale) {
        return "weights-%d.npz".formatted(scale);
    }

    static void write(Path folder, TileFacts facts, List<Encoder> encoders) {
        Map<String, SafeFiles.Content> files = new LinkedHashMap<>();
        for (int s = 0; s < encoders.size(); s++) {
            Encoder encoder = encoders.get(s);
            files.put(weights(s), stream -> encoder.weights().toList().encode(stream, NDList.Encoding.NPZ));
        }
        KIND.write(folder, facts, files);
    }

    static TileDetector read(Path folder, String device) {
        NDManager manager = Torch.engine().newBaseManager(ComputeDevice.choose(device).device());
        try {
            TileFacts facts = KIND.read(folder, TileFacts.class, weights(0));
            List<Encoder> encoders = new ArrayList<>();
            for (int s = 0; s < facts.scales().size(); s++) {
                Encoder encoder = Encoder.create(facts.config().encoder().withInputSize(facts.scales().get(s).tile()), 0, manager);
                try (NDManager scratch = manager.newSubManager(); InputStream stream = Files.newInputStream(folder.resolve(weights(s)))) {
                    encoder.weights().load(NDList.decode(scratch, stream));
                }
                encoders.add(encoder);
            }
            return new TileDetector(facts, encoders, manager);
        } catch (IOException e) {
            manager.close();
            throw SavedFolder.unreadable(folder, e);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /**
     * Content of {@code tiles.json}, what a detector on tiles keeps beside its weights.
     *
     * @param name of the pictures that it was trained on
     * @param scales at which pictures are cut
     * @param config of each scale's training, but for its input size
     * @param spreads mean and standard deviation of the lowest tile of labeled normal pictures, or of unlabeled ones, at each scale
     * @param scores of the training pictures
     * @param threshold below which a picture is an anomaly
     */
    record TileFacts(
            int version,
            String name,
            List<TileScale> scales,
            HsclConfig config,
            List<double[]> spreads,
            TrainingScores scores,
            Threshold threshold) {

        static final int VERSION = 1;

        TileFacts withThreshold(Threshold chosen) {
            return new TileFacts(version, name, scales, config, spreads, scores, chosen);
        }

        /** What it is, and every setting of its training, a line each. */
        List<String> describe() {
            List<String> lines = new ArrayList<>(List.of(
                    "detector: " + name + ", on tiles " + scales,
                    "trained on: %d labeled normal, %d unlabeled, %d labeled abnormal pictures".formatted(
                            scores.labeledNormal().length, scores.unlabeled().length, scores.labeledAbnormal().length),
                    String.format(Locale.ROOT, "threshold: %.4f (%s)", threshold.score(), threshold.rule())));
            Json.flat(config).forEach((setting, value) -> lines.add("%s: %s".formatted(setting, value)));
            return lines;
        }
    }
}
