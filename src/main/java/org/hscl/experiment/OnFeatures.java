package org.hscl.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hscl.baseline.Method;
import org.hscl.baseline.Methods;
import org.hscl.data.DataException.MissingDataException;
import org.hscl.data.DataFolder;
import org.hscl.data.Json;
import org.hscl.features.Backbone;
import org.hscl.features.FeatureCache;
import org.hscl.features.FeatureMethods;
import org.hscl.features.HeadConfig;
import org.jspecify.annotations.Nullable;

/**
 * The frozen network of an experiment, and what is learned on it.
 *
 * @param network its file, or its name in the folder {@code backbone} of the data folder; does not count for the id
 * @param sha256 of the file: a result belongs to no other network
 * @param size side of the network's input in pixels
 * @param mean of each channel that the input is less
 * @param deviation of each channel that the input is divided by
 * @param head settings of HSCL's heads
 * @param toldShare the share of anomalies in U that SOEL and LOE are told; null for the true one, γ_p
 */
public record OnFeatures(
        String network,
        String sha256,
        int size,
        List<Double> mean,
        List<Double> deviation,
        HeadConfig head,
        @Nullable Double toldShare) {

    private static final String FOLDER = "backbone";

    /** Methods that are told the share of anomalies. */
    private static final Set<String> TOLD = Set.of("SOEL", "LOE");

    /** Copies the lists. */
    public OnFeatures {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
    }

    /** HSCL's heads, or their peers, on a network that is at hand. */
    public static OnFeatures of(Backbone backbone, HeadConfig head) {
        Path file = backbone.file().toAbsolutePath().normalize();
        boolean kept = Objects.equals(file.getParent(), folder().toAbsolutePath().normalize());
        return new OnFeatures(kept ? file.getFileName().toString() : backbone.file().toString(), backbone.sha256(), backbone.size(),
                backbone.mean(), backbone.deviation(), head, null);
    }

    private static Path folder() {
        return DataFolder.defaults().path().resolve(FOLDER);
    }

    /** Other settings of the heads. */
    public OnFeatures withHead(HeadConfig other) {
        return new OnFeatures(network, sha256, size, mean, deviation, other, toldShare);
    }

    /** Another share of anomalies that SOEL and LOE are told. */
    public OnFeatures withToldShare(double share) {
        return new OnFeatures(network, sha256, size, mean, deviation, head, share);
    }

    /** The method of an experiment; {@code pollution} is what SOEL and LOE are told where nothing else is said. */
    Method method(String name, double pollution) {
        return FeatureMethods.named(name, FeatureMethods.all(backbone(), FeatureCache.defaults(), head, toldShare == null ? pollution : toldShare));
    }

    private Backbone backbone() {
        Path file = Files.exists(Path.of(network)) ? Path.of(network) : folder().resolve(network);
        if (!Files.exists(file)) {
            throw new MissingDataException("the network %s is neither there nor in %s; put it there".formatted(network, folder()));
        }
        Backbone found = Backbone.at(file);
        if (!found.sha256().equals(sha256)) {
            throw new MissingDataException("the network %s has the SHA-256 %s, the experiment wants %s; give the file that it began with"
                    .formatted(file, found.sha256(), sha256));
        }
        return new Backbone(file, sha256, size, mean, deviation);
    }

    /** What differs from the usual, such as {@code sharpening 30.0}; the network's name comes first. */
    String label(String method) {
        List<String> parts = new ArrayList<>(List.of("on " + Path.of(network).getFileName()));
        if (method.equals(Methods.HSCL)) {
            Map<String, String> usual = Json.flat(HeadConfig.defaults());
            Json.flat(head).forEach((name, value) -> {
                if (!name.equals("seed") && !value.equals(usual.get(name))) {
                    parts.add(name.replaceFirst(".*\\.", "") + " " + value);
                }
            });
        }
        if (toldShare != null && TOLD.contains(method)) {
            parts.add("told %.0f %%".formatted(100 * toldShare));
        }
        return String.join(", ", parts);
    }
}
