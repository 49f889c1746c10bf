package org.hscl.tiles;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.hscl.model.Encoder;

/** A saved detector on tiles: {@code tiles.json} is {@link TileFacts}, {@code weights-N.npz} the weights of its scale N. */
final class TileFolder {

    static final String FACTS = "tiles.json";

    private TileFolder() {}

    private static String weights(int scale) {
        return "weights-%d.npz".formatted(scale);
    }

    static void write(Path folder, TileFacts facts, List<Encoder> encoders) {
        Map<String, SafeFiles.Content> files = new LinkedHashMap<>();
        files.put(FACTS, stream -> stream.write(Json.pretty(facts).getBytes(StandardCharsets.UTF_8)));
        for (int s = 0; s < encoders.size(); s++) {
            Encoder encoder = encoders.get(s);
            files.put(weights(s), stream -> encoder.weights().toList().encode(stream, NDList.Encoding.NPZ));
        }
        try {
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

    static TileDetector read(Path folder, String device) {
        NDManager manager = Torch.engine().newBaseManager(ComputeDevice.choose(device).device());
        try {
            Path file = folder.resolve(FACTS);
            SafeFolder.verify(folder, FACTS, weights(0));
            if (Json.version(Files.readString(file), file.toString()) > TileFacts.VERSION) {
                throw new DataException("%s was written by a later library; use a newer one".formatted(file));
            }
            TileFacts facts = Json.read(Files.readString(file), TileFacts.class, file.toString());
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
            throw new DataException("no detector can be loaded from %s: %s".formatted(folder, e.getMessage()), e);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }
}
