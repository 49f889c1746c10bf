package org.hscl.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hscl.baseline.Methods;
import org.hscl.data.Json;
import org.hscl.loss.LossConfig;
import org.hscl.loss.Variant;
import org.hscl.scenario.Ratios;
import org.hscl.train.HsclConfig;

/**
 * What a number is about: decides where it stands in a table.
 *
 * @param dataSet name of the normal images' data set
 * @param method its name, with whatever differs from its defaults
 * @param labeledRatio γ_l; 0 of methods that use no labels; NaN in scenario 3
 * @param pollutionRatio γ_p; NaN where it is not stated
 * @param terms which row of Table 5, else empty
 * @param testSet the anomalies of scenario 3, else empty
 */
public record Place(
        String dataSet, String method, double labeledRatio, double pollutionRatio, String terms, String testSet) {

    /** Settings that the method's name, the size or a column of their own say already. */
    private static final Set<String> NAMED =
            Set.of("encoder.width", "encoder.precision", "encoder.prototypes", "epochs", "batchSize", "seed", "optimizer.warmupEpochs");

    /** The place of an experiment's pooled result. */
    static Place of(Experiment experiment) {
        boolean hscl = experiment.method().equals(Methods.HSCL);
        OnFeatures features = experiment.features();
        if (features != null) {
            return onFeatures(experiment, features.label(experiment.method()));
        }
        String terms = hscl ? Ablation.labelOf(experiment.config().loss().terms()) : "";
        String others = otherSettings(experiment.config());
        String method = (hscl ? Methods.HSCL + differences(experiment.config()) : experiment.method())
                + (others.isEmpty() ? "" : ", " + others);
        Ratios ratios = ratios(experiment);
        return new Place(experiment.dataSet(), method, ratios.labeledNormal(), ratios.pollution(), terms, "");
    }

    private static Place onFeatures(Experiment experiment, String how) {
        Ratios ratios = ratios(experiment);
        return new Place(experiment.dataSet(), experiment.method() + " " + how, ratios.labeledNormal(), ratios.pollution(), "", "");
    }

    private static Ratios ratios(Experiment experiment) {
        return experiment.cell() instanceof Cell.OfOneClass one ? one.settings().ratios() : new Ratios(0, 0, 0);
    }

    /** The place of a scenario 3 result against one set of anomalies. */
    Place withTestSet(String name) {
        return new Place(dataSet, method, labeledRatio, pollutionRatio, terms, name);
    }

    /** Whether no term is left out. */
    boolean isFullModel() {
        return terms.isEmpty() || terms.equals(Ablation.FULL.label());
    }

    /** What a sweep has changed, so that it never poses as the method itself. */
    private static String differences(HsclConfig config) {
        LossConfig loss = config.loss();
        StringBuilder text = new StringBuilder();
        if (loss.variant() == Variant.RELEASED) {
            text.append(", released variant");
        }
        LossConfig usual = HsclConfig.defaults().withVariant(loss.variant()).loss();
        append(text, "rows " + loss.rows().name().toLowerCase(Locale.ROOT), loss.rows() != usual.rows());
        append(text, "τ " + loss.temperature(), loss.temperature() != usual.temperature());
        append(text, "η " + loss.threshold(), loss.threshold() != usual.threshold());
        append(text, "λ₁ " + loss.prototypeWeight(), loss.prototypeWeight() != usual.prototypeWeight());
        append(text, "λ₂ " + loss.abnormalWeight(), loss.abnormalWeight() != usual.abnormalWeight());
        append(text, "K " + config.encoder().prototypes(), config.encoder().prototypes() != 1);
        return text.toString();
    }

    private static void append(StringBuilder text, String difference, boolean differs) {
        if (differs) {
            text.append(", ").append(difference);
        }
    }

    /** Settings that no other part of a label names and that differ from their defaults, such as {@code learningRate 0.01}. */
    static String otherSettings(HsclConfig config) {
        Map<String, String> usual = Json.flat(HsclConfig.defaults().withVariant(config.loss().variant()));
        List<String> others = Json.flat(config).entrySet().stream()
                .filter(entry -> !NAMED.contains(entry.getKey()) && !entry.getKey().startsWith("loss."))
                .filter(entry -> !entry.getValue().equals(usual.get(entry.getKey())))
                .map(entry -> entry.getKey().replaceFirst(".*\\.", "") + " " + entry.getValue())
                .toList();
        return String.join(", ", others);
    }
}
