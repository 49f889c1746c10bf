package org.hscl.features;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hscl.baseline.Method;
import org.hscl.baseline.Methods;
import org.hscl.baseline.OnFeatures;
import org.hscl.detect.NormalityModel;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/** HSCL and its peers on the features of one network. */
public final class FeatureMethods {

    private FeatureMethods() {}

    /**
     * HSCL first, then SOEL and LOE, Deep SAD, a linear classifier, and what reads no labeled anomalies.
     *
     * @param share of anomalies among the unlabeled pictures that SOEL and LOE are told, in [0, .5]; HSCL is told nothing
     */
    public static List<Method> all(Backbone backbone, FeatureCache cache, HeadConfig head, double share) {
        if (!(share >= 0 && share <= 0.5)) {
            throw new IllegalArgumentException("share is %s; give the anomalies' share of the unlabeled pictures, 0 to 0.5".formatted(share));
        }
        List<Method> all = new ArrayList<>();
        all.add(new Hscl(backbone, cache, head));
        all.add(new Peer(new OutlierExposure(share, true), backbone, cache));
        all.add(new Peer(new OutlierExposure(share, false), backbone, cache));
        all.add(new Peer(new DeepSadHead(), backbone, cache));
        all.add(new Peer(new LinearClassifier(), backbone, cache));
        all.addAll(OnFeatures.all(images -> cache.features(images, backbone, RunOptions.defaults().device())));
        return List.copyOf(all);
    }

    /**
     * One of them.
     *
     * @param name as {@link Method#name()} or its first word, in any case
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Method named(String name, List<Method> methods) {
        return methods.stream()
                .filter(method -> method.name().equalsIgnoreCase(name) || method.name().split(" told")[0].equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("on features there is no method '%s'; choose one of %s".formatted(
                        name, methods.stream().map(method -> method.name().split(" told")[0]).collect(Collectors.joining(", ")))));
    }

    /** The heads as a method; the seed is the run's. */
    private record Hscl(Backbone backbone, FeatureCache cache, HeadConfig head) implements Method {

        @Override
        public String name() {
            return Methods.HSCL;
        }

        @Override
        public String citation() {
            return "HSCL's relations S-P and N-A on frozen features";
        }

        @Override
        public NormalityModel fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
            return FeatureDetector.fit(split, backbone, head.withSeed(config.seed()), cache, options.device(), listener);
        }
    }
}
