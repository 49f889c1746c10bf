package org.hscl.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hscl.baseline.Method;
import org.hscl.detect.NormalityModel;
import org.hscl.experiment.Scores;
import org.hscl.engine.Versions;
import org.hscl.scenario.SampleState;
import org.hscl.scenario.Split;
import org.hscl.train.ConsoleProgress;
import org.hscl.train.HsclConfig;
import org.hscl.train.Progress;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/**
 * What a compared method was worth on the split's test images.
 *
 * @param method that learned
 * @param split what was learned and tested
 * @param config of the training, as far as the method has it
 * @param scores of the test images
 * @param notes what the method said, with the rows that it trained
 * @param seconds of learning and scoring
 */
record MethodEvaluation(
        Method method, Split split, HsclConfig config, Scores scores, List<String> notes, double seconds) {

    /** Trains, shown on the standard error and stopped by signals, and scores. */
    static MethodEvaluation of(Method method, Split split, HsclConfig config, RunOptions options) {
        PrintStream err = System.err;
        split.notes().forEach(err::println);
        err.println(method.name() + ": " + split.name());
        List<String> notes = new ArrayList<>();
        TrainingListener noted = new TrainingListener() {
            @Override
            public void onProgress(Progress progress) {}

            @Override
            public void onMessage(String sentence) {
                notes.add(sentence);
            }
        };
        long start = System.nanoTime();
        try (ConsoleProgress shown = System.console() == null ? ConsoleProgress.everyEpoch(err) : ConsoleProgress.live(err)) {
            return StopSignal.during(() -> {
                try (NormalityModel model = method.fit(split, config, options, TrainingListener.all(noted, shown))) {
                    Scores scores = Scores.of(split, model.score(split.test()));
                    return new MethodEvaluation(method, split, config, scores, notes, (System.nanoTime() - start) * 1e-9);
                }
            });
        }
    }

    /** The fields of the JSON line, in order. */
    Map<String, Object> fields() {
        Map<String, Integer> train = new LinkedHashMap<>();
        for (SampleState state : SampleState.values()) {
            train.put(state.name().toLowerCase(Locale.ROOT), split.count(state));
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("method", method.name());
        fields.put("citation", method.citation());
        fields.put("split", split.name());
        fields.put("auroc", scores.pooled());
        fields.put("per_class", scores.perClass());
        fields.put("train", train);
        fields.put("test", split.test().count());
        fields.put("seconds", seconds);
        fields.put("notes", notes);
        fields.put("versions", new TreeMap<>(Versions.all()));
        fields.put("config", config);
        return fields;
    }
}
