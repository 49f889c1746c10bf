package org.hscl.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hscl.data.DataException;
import org.hscl.data.Json;
import org.hscl.data.Replaceable;
import org.hscl.data.SafeFiles;
import org.hscl.data.SafeFolder;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.hscl.model.Weights;

/**
 * A saved detector on features: {@code features.json} is {@link FeatureFacts}, {@code heads.npz} the heads' arrays, each by its head's
 * number and its own name.
 */
final class FeatureFolder {

    static final String FACTS = "features.json";
    private static final String HEADS = "heads.npz";

    private FeatureFolder() {}

    static void write(Path folder, FeatureFacts facts, List<Weights> heads) {
        NDList arrays = new NDList();
        for (int number = 0; number < heads.size(); number++) {
            for (NDArray array : heads.get(number).toList()) {
                NDArray copy = array.duplicate();
                copy.setName(number + "." + array.getName());
                arrays.add(copy);
            }
        }
        Map<String, SafeFiles.Content> files = new LinkedHashMap<>();
        files.put(FACTS, stream -> stream.write(Json.pretty(facts).getBytes(StandardCharsets.UTF_8)));
        files.put(HEADS, stream -> arrays.encode(stream, NDList.Encoding.NPZ));
        try (arrays) {
            SafeFolder.write(folder, FACTS, files);
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    static void check(Path folder) {
        try {
            Replaceable.checkFolder(folder, FACTS);
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    private static UncheckedIOException failure(Path folder, IOException e) {
        return new UncheckedIOException("the detector cannot be saved to %s: %s".formatted(folder, e.getMessage()), e);
    }

    static FeatureDetector read(Path folder, Path network, FeatureCache cache, String device) {
        NDManager manager = Torch.engine().newBaseManager(ComputeDevice.choose(device).device());
        try {
            FeatureFacts facts = facts(folder);
            Backbone given = Backbone.at(network);
            if (!given.sha256().equals(facts.backbone().sha256())) {
                throw new DataException("%s was trained with another network than %s; give the one whose SHA-256 is %s"
                        .formatted(folder, network, facts.backbone().sha256()));
            }
            Backbone backbone = new Backbone(network, given.sha256(), facts.backbone().size(), facts.backbone().mean(),
                    facts.backbone().deviation());
            return new FeatureDetector(facts.with(backbone, facts.threshold()), FeatureHead.read(folder.resolve(HEADS), facts.config().heads(), manager), cache, device, manager);
        } catch (IOException e) {
            manager.close();
            throw new DataException("no detector can be loaded from %s: %s".formatted(folder, e.getMessage()), e);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** What it keeps beside its heads. */
    static FeatureFacts facts(Path folder) throws IOException {
        Path file = folder.resolve(FACTS);
        SafeFolder.verify(folder, FACTS, HEADS);
        if (Json.version(Files.readString(file), file.toString()) > FeatureFacts.VERSION) {
            throw new DataException("%s was written by a later library; use a newer one".formatted(file));
        }
        return Json.read(Files.readString(file), FeatureFacts.class, file.toString());
    }
}
