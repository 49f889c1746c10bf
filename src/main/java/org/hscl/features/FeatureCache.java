package org.hscl.features;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hscl.data.DataException;
import org.hscl.data.ImageSet;
import org.hscl.data.SafeFiles;
import org.jspecify.annotations.Nullable;

/**
 * Features on disk, so that each picture passes through the network once, in whatever splits it appears: a folder for each network
 * and its settings, in it a {@link FeatureFile} for each time that pictures were new. A file that is cut off or damaged is deleted,
 * and what it held is made anew.
 *
 * @param folder where they are kept; null keeps nothing
 * @param listener hears how many of the new pictures have passed
 */
public record FeatureCache(@Nullable Path folder, Listener listener) {

    /** Pictures that pass through the network before what it made of them is kept: a pass that is stopped goes on there. */
    private static final int AT_ONCE = 512;

    /** Hears how a pass goes. */
    @FunctionalInterface
    public interface Listener {

        /**
         * Some pictures have passed.
         *
         * @param done how many, from 0
         * @param count how many are new
         */
        void passed(int done, int count);
    }

    /** Keeps them in a folder, in silence. */
    public FeatureCache(@Nullable Path folder) {
        this(folder, (done, count) -> {});
    }

    /** Hears how a pass goes. */
    public FeatureCache withListener(Listener other) {
        return new FeatureCache(folder, other);
    }

    /** {@code $HSCL_FEATURES}, else {@code ~/.hscl/features}. */
    public static FeatureCache defaults() {
        String chosen = System.getenv("HSCL_FEATURES");
        return new FeatureCache(chosen == null ? Path.of(System.getProperty("user.home"), ".hscl", "features") : Path.of(chosen));
    }

    /** Keeps nothing, for pictures that are scored once. */
    public static FeatureCache none() {
        return new FeatureCache(null);
    }

    /**
     * Features of pictures, computed where they are not kept.
     *
     * @return (N, C)
     * @throws DataException as {@link Backbone#features} does
     */
    public float[][] features(ImageSet images, Backbone backbone, String device) {
        Path place = folder;
        if (place == null) {
            return backbone.features(images, device);
        }
        Path own = place.resolve(hash("%s %d %s %s".formatted(backbone.sha256(), backbone.size(), backbone.mean(), backbone.deviation())));
        String[] keys = keys(images);
        try {
            Map<String, float[]> kept = kept(own, keys);
            Map<String, Integer> missing = new LinkedHashMap<>(); // each picture once, at its first place
            for (int i = 0; i < keys.length; i++) {
                if (!kept.containsKey(keys[i])) {
                    missing.putIfAbsent(keys[i], i);
                }
            }
            if (!missing.isEmpty()) {
                kept.putAll(compute(images, missing, backbone, device, own));
            }
            return Arrays.stream(keys).map(kept::get).toArray(float[][]::new);
        } catch (IOException e) {
            throw new DataException("features cannot be kept in %s (%s); set HSCL_FEATURES to a folder that can be written"
                    .formatted(place, e), e);
        }
    }

    private Map<String, float[]> compute(ImageSet images, Map<String, Integer> missing, Backbone backbone, String device, Path own)
            throws IOException {
        List<String> keys = List.copyOf(missing.keySet());
        Files.createDirectories(own);
        Map<String, float[]> made = new HashMap<>();
        for (int start = 0; start < keys.size(); start += AT_ONCE) {
            listener.passed(start, keys.size());
            List<String> some = keys.subList(start, Math.min(start + AT_ONCE, keys.size()));
            float[][] features = backbone.features(images.select(some.stream().mapToInt(missing::get).toArray()), device);
            Path file = own.resolve(hash(String.join("", some)) + FeatureFile.ENDING);
            SafeFiles.replace(file, stream -> FeatureFile.write(some, features, stream));
            for (int i = 0; i < features.length; i++) {
                made.put(some.get(i), features[i]);
            }
        }
        listener.passed(keys.size(), keys.size());
        return made;
    }

    private static Map<String, float[]> kept(Path own, String[] keys) throws IOException {
        Map<String, float[]> found = new HashMap<>();
        if (Files.isDirectory(own)) {
            try (Stream<Path> files = Files.list(own)) {
                for (Path file : files.filter(path -> path.toString().endsWith(FeatureFile.ENDING)).sorted().toList()) {
                    if (found.size() < keys.length && !FeatureFile.read(file, keys, found)) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
        return found;
    }

    /** Each picture by its pixels. */
    private static String[] keys(ImageSet images) {
        String[] keys = new String[images.count()];
        for (int i = 0; i < keys.length; i++) {
            MessageDigest hash = SafeFiles.sha256();
            hash.update(images.pixels(), i * images.stride(), images.stride());
            keys[i] = digits(hash);
        }
        return keys;
    }

    private static String hash(String words) {
        MessageDigest hash = SafeFiles.sha256();
        hash.update(words.getBytes(StandardCharsets.UTF_8));
        return digits(hash);
    }

    private static String digits(MessageDigest hash) {
        return HexFormat.of().formatHex(hash.digest()).substring(0, FeatureFile.KEY);
    }
}
