package org.hscl.baseline;

import java.util.List;
import java.util.stream.Collectors;
import org.hscl.detect.FeatureModel;
import org.hscl.detect.NormalityModel;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/** The methods by name. */
public final class Methods {

    /** The name of HSCL in tables. */
    public static final String HSCL = "HSCL";

    private Methods() {}

    /** All methods, HSCL first. A new one is one new file and one line here. */
    public static List<Method> all() {
        return List.of(
                new HsclMethod(),
                new Untrained(),
                new SimClr(),
                new Csi(true),
                new Csi(false),
                new DeepSvdd(),
                new DeepSad(),
                new Supervised(),
                new FixMatch(false),
                new FixMatch(true),
                new SsDgm(),
                new Elsa(false),
                new Elsa(true),
                new E3Outlier(Transformations.first(Transformations.COUNT), E3Outlier.Score.NEGATIVE_ENTROPY),
                new Goad(Transformations.eight()),
                DivideMix.published(),
                DivideMix.withPriorOfLabels(),
                DivideMix.augmented(),
                DivideMix.randAugmented(),
                new OnVectors(new Ssad(), false),
                new OnVectors(new Ssad(), true),
                new OnVectors(new OcSvm(), false),
                new OnVectors(new OcSvm(), true),
                new OnVectors(new IsolationForest(), false),
                new OnVectors(new IsolationForest(), true),
                new OnVectors(new KernelDensity(), false),
                new OnVectors(new KernelDensity(), true));
    }

    /**
     * A method.
     *
     * @param name as {@link Method#name()}, in any case
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Method named(String name) {
        return all().stream()
                .filter(method -> method.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no method '%s'; choose one of %s"
                        .formatted(name, all().stream().map(Method::name).collect(Collectors.joining(", ")))));
    }

    /**
     * Learns how to represent images by a deep method.
     *
     * @param name of a method that trains an encoder, or {@code Untrained}
     * @param split images and what is known of them
     * @param config settings of the training
     * @param listener follows the training
     * @throws IllegalArgumentException if there is no such method, or it has no features
     */
    public static FeatureModel represent(String name, Split split, HsclConfig config, TrainingListener listener) {
        NormalityModel model = named(name).fit(split, config, RunOptions.defaults(), listener);
        if (model instanceof FeatureModel features) {
            return features;
        }
        model.close();
        throw new IllegalArgumentException(name + " learns no features; choose a deep method such as HSCL or CSI");
    }
}
