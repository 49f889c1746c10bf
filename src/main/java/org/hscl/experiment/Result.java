package org.hscl.experiment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hscl.scenario.SampleState;

/**
 * What came of one run: a line of the store.
 *
 * @param id of the experiment
 * @param experiment what was run
 * @param scores by Eq. 9, or by the method's own score; empty where the run failed
 * @param ensemble by the ensemble score, where asked for
 * @param failure why there are no scores, one sentence
 * @param circumstances how it went
 */
public record Result(
        String id,
        Experiment experiment,
        Optional<Scores> scores,
        Optional<Scores> ensemble,
        Optional<String> failure,
        Circumstances circumstances) {

    /**
     * How a run went.
     *
     * @param counts training images in each state; empty where the split itself failed
     * @param testImages test images scored
     * @param device where it ran, and why there
     * @param versions of what computed it
     * @param trainSeconds duration of the training, in seconds
     * @param scoreSeconds duration of the scoring, in seconds
     * @param finished the moment of the end, ISO 8601, UTC
     * @param historyFile the training's course, relative to the store's folder, where there is one
     * @param notes of the split and messages of the training
     */
    public record Circumstances(
            Map<SampleState, Integer> counts,
            int testImages,
            String device,
            Map<String, String> versions,
            double trainSeconds,
            double scoreSeconds,
            String finished,
            Optional<String> historyFile,
            List<String> notes) {

        /** Copies the collections. */
        public Circumstances {
            counts = Map.copyOf(counts);
            versions = Map.copyOf(versions);
            notes = List.copyOf(notes);
        }
    }
}
