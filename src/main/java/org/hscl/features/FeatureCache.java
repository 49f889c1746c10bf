package org.hscl.features;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.hscl.data.DataException;
import org.hscl.data.ImageSet;
import org.hscl.data.SafeFiles;
import org.jspecify.annotations.Nullable;

/**
 * Features on disk, so that each picture passes through the network once: under the hash of the pictures and of the network with
 * its settings. A file that is cut off or not ours is made anew.
 *
 * @param folder where they are kept; null keeps nothing
 */
public record FeatureCache(@Nullable Path folder) {

    private static final int MAGIC = 0x4853434C; // HSCL

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
        Path file = place.resolve(key(images, backbone) + ".features");
        Optional<float[][]> kept = read(file);
        if (kept.isPresent() && kept.get().length == images.count()) {
            return kept.get();
        }
        float[][] features = backbone.features(images, device);
        try {
            Files.createDirectories(place);
            SafeFiles.write(file, stream -> write(features, new DataOutputStream(new BufferedOutputStream(stream))));
        } catch (IOException e) {
            throw new DataException("features cannot be kept in %s (%s); set HSCL_FEATURES to a folder that can be written"
                    .formatted(place, e), e);
        }
        return features;
    }

    private static String key(ImageSet images, Backbone backbone) {
        MessageDigest hash = SafeFiles.sha256();
        hash.update(images.pixels());
        hash.update("%d %s %d %s %s".formatted(
                images.size(), backbone.sha256(), backbone.size(), backbone.mean(), backbone.deviation()).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash.digest());
    }

    private static void write(float[][] features, DataOutputStream out) throws IOException {
        CRC32 sum = new CRC32();
        DataOutputStream checked = new DataOutputStream(new CheckedOutputStream(out, sum));
        checked.writeInt(MAGIC);
        checked.writeInt(features.length);
        checked.writeInt(features.length == 0 ? 0 : features[0].length);
        for (float[] row : features) {
            for (float value : row) {
                checked.writeFloat(value);
            }
        }
        out.writeLong(sum.getValue());
        out.flush();
    }

    private static Optional<float[][]> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        CRC32 sum = new CRC32();
        try (DataInputStream in = new DataInputStream(new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), sum))) {
            if (in.readInt() != MAGIC) {
                return Optional.empty();
            }
            int count = in.readInt();
            int columns = in.readInt();
            if (Files.size(file) != 20 + 4L * count * columns) {
                return Optional.empty();
            }
            float[][] features = new float[count][columns];
            for (float[] row : features) {
                for (int i = 0; i < columns; i++) {
                    row[i] = in.readFloat();
                }
            }
            long expected = sum.getValue();
            return in.readLong() == expected ? Optional.of(features) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // cut off while it was read
        }
    }
}
