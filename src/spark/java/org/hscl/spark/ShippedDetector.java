package org.hscl.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.hscl.data.DataException;
import org.hscl.data.SafeFiles;
import org.hscl.detect.AnomalyDetector;
import org.hscl.engine.Torch;
import org.hscl.features.FeatureCache;
import org.hscl.features.FeatureDetector;
import org.hscl.tiles.TileDetector;
import org.jspecify.annotations.Nullable;

/**
 * A saved detector as bytes, which a broadcast carries to each executor once. There it is unpacked and loaded at the first picture,
 * once a JVM, and serves all tasks.
 */
final class ShippedDetector implements Serializable {

    private static final long serialVersionUID = 1;

    private static final String NETWORK = "network";

    /** By their hash; an executor may serve several jobs. They live as long as the executor. */
    private static final Map<String, PictureModel> LOADED = new HashMap<>();

    private final TreeMap<String, byte[]> files;
    private final String sha256;
    private final int threads;

    private ShippedDetector(TreeMap<String, byte[]> files, int threads) {
        this.files = files;
        this.threads = threads;
        MessageDigest hash = SafeFiles.sha256();
        files.forEach((name, bytes) -> {
            hash.update(name.getBytes(StandardCharsets.UTF_8));
            hash.update(bytes);
        });
        sha256 = HexFormat.of().formatHex(hash.digest());
    }

    /**
     * Reads a detector's folder.
     *
     * @param backbone the network that it was trained on, if on one
     * @param threads of an operation on an executor: the cores of a task
     * @throws DataException if the folder cannot be read, or the network does not belong to it
     */
    static ShippedDetector of(Path folder, @Nullable Path backbone, int threads) {
        if (TileDetector.isIn(folder) && backbone != null) {
            throw new DataException("%s is a detector on tiles, which needs no network; leave --backbone out".formatted(folder));
        }
        if (FeatureDetector.isIn(folder) && backbone == null) {
            throw new DataException("%s was trained on a network's features; give its file with --backbone".formatted(folder));
        }
        if (backbone != null && Files.isDirectory(backbone)) {
            throw new DataException("the network %s is a detector's folder, which serves without --spark only; give a TorchScript file"
                    .formatted(backbone));
        }
        TreeMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put("detector/" + file.getFileName(), Files.readAllBytes(file));
            }
            if (backbone != null) {
                files.put(NETWORK, Files.readAllBytes(backbone));
            }
        } catch (IOException e) {
            throw new DataException("the detector cannot be read from %s: %s".formatted(folder, e.getMessage()), e);
        }
        return new ShippedDetector(files, threads);
    }

    /** Which detector made a score: the hash of all its files. */
    String sha256() {
        return sha256;
    }

    /** The detector in this JVM. */
    PictureModel load() {
        synchronized (LOADED) {
            return LOADED.computeIfAbsent(sha256, hash -> unpackAndLoad());
        }
    }

    private PictureModel unpackAndLoad() {
        try {
            Path place = Files.createTempDirectory("hscl-detector"); // node-local
            if (!SparkEnv.get().executorId().equals("driver") && System.getenv("ENGINE_CACHE_DIR") == null) {
                // An executor's home may lie on a network, or not be writable; its own folder goes with it.
                System.setProperty("ENGINE_CACHE_DIR", Path.of(SparkFiles.getRootDirectory(), "engine").toString());
            }
            Torch.useThreads(threads);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path target = place.resolve(file.getKey());
                Files.createDirectories(target.getParent());
                Files.write(target, file.getValue());
            }
            Path folder = place.resolve("detector");
            if (files.containsKey(NETWORK)) { // the file stays: its hash is that of the features
                return PictureModel.of(FeatureDetector.load(folder, place.resolve(NETWORK), FeatureCache.none(), "auto"), threads);
            }
            PictureModel model = TileDetector.isIn(folder)
                    ? PictureModel.of(TileDetector.load(folder, "auto"))
                    : PictureModel.of(AnomalyDetector.load(folder, "auto"), threads);
            SafeFiles.deleteFolder(place);
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException("an executor cannot unpack the detector: " + e.getMessage(), e);
        }
    }
}
