package org.hscl.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.hscl.baseline.Method;
import org.hscl.experiment.OnFeatures;
import org.hscl.features.Backbone;
import org.hscl.features.FeatureCache;
import org.hscl.features.FeatureMethods;
import org.hscl.features.HeadConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A pretrained network whose features are learned on, in the place of an encoder trained from scratch. */
final class BackboneOptions {

    /** How numbers reach the network. */
    enum Normalization { NONE, IMAGENET }

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--backbone", paramLabel = "NETWORK",
            description = "A TorchScript file, or a saved detector's folder: small heads are trained on its features, in seconds.")
    private @Nullable Path file;

    @Option(names = "--backbone-size", paramLabel = "PIXELS", defaultValue = "128",
            description = "The side of its input; default ${DEFAULT-VALUE}.")
    private int size;

    @Option(names = "--normalization", paramLabel = "KIND", defaultValue = "NONE",
            description = "none: pictures in [0, 1]; imagenet: less ImageNet's mean, in its deviations; default none.")
    private Normalization normalization = Normalization.NONE;

    @Option(names = "--sharpening", paramLabel = "POWER", defaultValue = "1",
            description = "The power of an unlabeled picture's weight in S-P after the first steps; default ${DEFAULT-VALUE}, "
                    + "12 to 30 where much of the pile is dirty.")
    private double sharpening;

    @Option(names = "--heads", paramLabel = "N", defaultValue = "3", description = "Heads that are averaged; default ${DEFAULT-VALUE}.")
    private int heads;

    @Option(names = "--told-share", paramLabel = "SHARE",
            description = "The share of dirt that SOEL and LOE are told; default 0.10, in a grid the true one. HSCL is told nothing.")
    private @Nullable Double told;

    /** The side in pixels at which own pictures are read for a network. */
    static final int INPUT_SIZE = 128;

    private static final double TOLD = 0.10;

    boolean isGiven() {
        if (file == null) {
            Usage.without(command(), "--backbone NETWORK", "--backbone-size", "--normalization", "--sharpening", "--heads", "--told-share");
        }
        return file != null;
    }

    /** The network, its file read once for its hash. */
    Backbone network() {
        return Usage.check(command(), () -> {
            Path place = Objects.requireNonNull(file);
            if (Files.isDirectory(place)) {
                return Backbone.detector(place);
            }
            Backbone network = Backbone.torchScript(place).withSize(size);
            return normalization == Normalization.IMAGENET ? network.withImageNetNormalization() : network;
        });
    }

    /** What is learned on it. */
    HeadConfig head() {
        return Usage.check(command(), () -> HeadConfig.defaults().withSharpening(sharpening).withHeads(heads));
    }

    /** Where features are kept; tells how the network's pass goes. */
    static FeatureCache cache() {
        return FeatureCache.defaults().withListener(new Pass());
    }

    private static final class Pass implements FeatureCache.Listener {

        private long start;

        @Override
        public void passed(int done, int count) {
            start = done == 0 ? System.nanoTime() : start;
            double left = (System.nanoTime() - start) * 1e-9 / Math.max(done, 1) * (count - done);
            System.err.printf("%d of %d new pictures have passed through the network%s%n",
                    done, count, done == 0 || done == count ? "" : ", %.0f s left".formatted(left));
        }
    }

    /** HSCL and its peers on the network's features. */
    List<Method> methods() {
        return Usage.check(command(), () -> FeatureMethods.all(network(), cache(), head(), told == null ? TOLD : told));
    }

    /** The same for experiments of a grid. */
    OnFeatures experiment() {
        OnFeatures features = OnFeatures.of(network(), head());
        return told == null ? features : features.withToldShare(told);
    }

    /** The name by which results of a method on features are kept; what it is told stands beside it. */
    String nameOf(String method) {
        return Usage.check(command(), () -> FeatureMethods.named(method, methods()).name().split(" told")[0]);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }
}
