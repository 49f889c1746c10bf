package org.hscl.experiment;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.hscl.engine.Versions;
import org.hscl.baseline.Method;
import org.hscl.detect.AnomalyDetector;
import org.hscl.detect.EnsembleModel;
import org.hscl.detect.NormalityModel;
import org.hscl.engine.ComputeDevice;
import org.hscl.eval.EnsembleConfig;
import org.hscl.loss.Variant;
import org.hscl.scenario.Label;
import org.hscl.scenario.SampleState;
import org.hscl.scenario.Split;
import org.hscl.train.CheckpointConfig;
import org.hscl.train.History;
import org.hscl.train.Progress;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/** One experiment under way: learns, scores, notes how it went. */
final class Measurement implements TrainingListener {

    private final Experiment experiment;
    private final Consumer<Progress> progress;
    private final List<String> notes = new ArrayList<>();
    private final Map<SampleState, Integer> counts = new EnumMap<>(SampleState.class);
    private History history = History.empty();
    private int testImages;
    private double trainSeconds;
    private double scoreSeconds;

    Measurement(Experiment experiment, Consumer<Progress> progress) {
        this.experiment = experiment;
        this.progress = progress;
    }

    /** Learns and scores. */
    Result success(Split split, Method method, RunOptions options, RunFiles files) {
        notes.addAll(split.notes());
        for (SampleState state : SampleState.values()) {
            counts.put(state, split.count(state));
        }
        testImages = split.test().count();
        long start = System.nanoTime();
        try (NormalityModel model = method.fit(split, experiment.config(), options, this)) {
            trainSeconds = secondsSince(start);
            start = System.nanoTime();
            Scores scores = Scores.of(split, model.score(split.test()));
            Optional<Scores> ensemble = ensemble(model, split);
            scoreSeconds = secondsSince(start);
            Optional<String> historyFile = files.writeHistory(history);
            return new Result(experiment.id(), experiment, Optional.of(scores), ensemble, Optional.empty(),
                    circumstances(options, historyFile));
        }
    }

    /** What is written down of a run that went wrong. */
    Result failure(RuntimeException cause, RunOptions options) {
        String sentence = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new Result(experiment.id(), experiment, Optional.empty(), Optional.empty(), Optional.of(sentence),
                circumstances(options, Optional.empty()));
    }

    private Result.Circumstances circumstances(RunOptions options, Optional<String> historyFile) {
        return new Result.Circumstances(counts, testImages, ComputeDevice.choose(options.device()).reason(), Versions.all(),
                trainSeconds, scoreSeconds, Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(), historyFile,
                notes.stream().map(note -> portable(note, options)).toList());
    }

    /** A store is carried to other machines, so what it says of its checkpoints does not name the folder that it lay in. */
    private static String portable(String note, RunOptions options) {
        return options.checkpoints().map(CheckpointConfig::folder)
                .map(folder -> note.replace(folder.toString(), "checkpoints/" + folder.getFileName()))
                .orElse(note);
    }

    private Optional<Scores> ensemble(NormalityModel model, Split split) {
        boolean prototypes = experiment.config().loss().terms().prototypes();
        if (experiment.ensembleSamples() == 0 || !prototypes || !(model instanceof AnomalyDetector detector)) {
            return Optional.empty();
        }
        Variant variant = experiment.config().loss().variant();
        EnsembleConfig config =
                EnsembleConfig.defaults().withVariant(variant).withSamples(experiment.ensembleSamples());
        Label[] labels = split.labels();
        int[] calibration = IntStream.range(0, labels.length)
                .filter(i -> variant == Variant.RELEASED || labels[i] != Label.ABNORMAL)
                .toArray();
        EnsembleModel ensemble = detector.ensemble(split.train().select(calibration), config);
        if (!ensemble.warning().isEmpty()) {
            notes.add("ensemble score: " + ensemble.warning());
        }
        return Optional.of(Scores.of(split, ensemble.score(split.test())));
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }

    @Override
    public void onProgress(Progress step) {
        progress.accept(step);
    }

    @Override
    public void onEpoch(History longer) {
        history = longer;
    }

    @Override
    public void onMessage(String sentence) {
        notes.add(sentence);
    }
}
