package org.hscl.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hscl.data.DataException;
import org.hscl.data.ImageSet;
import org.hscl.detect.AnomalyDetector;
import org.hscl.detect.EnsembleModel;
import org.hscl.eval.EnsembleConfig;
import org.hscl.experiment.Scores;
import org.hscl.engine.Versions;
import org.hscl.loss.Variant;
import org.hscl.scenario.Label;
import org.hscl.scenario.SampleState;
import org.hscl.scenario.Split;

/**
 * What a training was worth on the split's test images.
 *
 * @param split what was learned and tested
 * @param training the detector and its pace
 * @param scores by Eq. 9 on clean images
 * @param ensemble by the ensemble score
 * @param calibrationSeconds that the ensemble needed before the first score
 * @param imagesPerSecond that the ensemble then scored
 */
record Evaluation(
        Split split,
        Training training,
        Scores scores,
        Scores ensemble,
        double calibrationSeconds,
        double imagesPerSecond) {

    static Evaluation of(Split split, Training training, EnsembleConfig config) {
        AnomalyDetector detector = training.detector();
        Scores scores = Scores.of(split, detector.score(split.test()));
        long start = System.nanoTime();
        try (EnsembleModel model = detector.ensemble(calibration(split, config), config)) {
            if (!model.warning().isEmpty()) {
                System.err.println("warning: ensemble score: " + model.warning());
            }
            double calibrated = (System.nanoTime() - start) * 1e-9;
            double[] values = model.score(split.test());
            double scored = (System.nanoTime() - start) * 1e-9 - calibrated;
            return new Evaluation(
                    split, training, scores, Scores.of(split, values), calibrated, values.length / Math.max(scored, 1e-9));
        }
    }

    /** An AUROC needs both kinds of test images; asked before the training. */
    static void checkTest(Split split) {
        long anomalies = IntStream.range(0, split.testAbnormal().length).filter(i -> split.testAbnormal()[i]).count();
        if (anomalies == 0 || anomalies == split.testAbnormal().length) {
            throw new DataException("%s has %d test images, %d of them anomalies; an AUROC needs both kinds, so test on more images"
                    .formatted(split.name(), split.testAbnormal().length, anomalies));
        }
    }

    private static ImageSet calibration(Split split, EnsembleConfig config) {
        Label[] labels = split.labels();
        return split.train().select(IntStream.range(0, labels.length)
                .filter(i -> config.variant() == Variant.RELEASED || labels[i] != Label.ABNORMAL)
                .toArray());
    }

    /** The fields of the JSON line, in order. */
    Map<String, Object> fields() {
        Map<String, Integer> train = new LinkedHashMap<>();
        for (SampleState state : SampleState.values()) {
            train.put(state.name().toLowerCase(Locale.ROOT), split.count(state));
        }
        AnomalyDetector detector = training.detector();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("split", split.name());
        fields.put("auroc", scores.pooled());
        fields.put("auroc_ensemble", ensemble.pooled());
        fields.put("per_class", scores.perClass());
        fields.put("per_class_ensemble", ensemble.perClass());
        fields.put("train", train);
        fields.put("test", split.test().count());
        fields.put("steps", detector.steps());
        fields.put("s_per_step", training.secondsPerStep().isPresent()
                ? Optional.of(training.secondsPerStep().getAsDouble())
                : Optional.empty());
        fields.put("calibrate_s", calibrationSeconds);
        fields.put("score_images_per_s", imagesPerSecond);
        fields.put("peak_rss_mb", ProcessMemory.peak());
        fields.put("weights_sha256", detector.weightsSha256());
        fields.put("versions", new TreeMap<>(Versions.all()));
        fields.put("config", detector.config());
        return fields;
    }
}
