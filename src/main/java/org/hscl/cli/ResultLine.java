package org.hscl.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hscl.data.Json;
import org.hscl.experiment.Experiment;
import org.hscl.experiment.Result;
import org.hscl.experiment.Scores;

/** What {@code hscl grid} prints of a result: JSON in one line, with fewer fields than the store keeps. */
final class ResultLine {

    private ResultLine() {}

    static String of(Result result) {
        Experiment experiment = result.experiment();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", result.id());
        fields.put("experiment", experiment.label());
        result.scores().map(Scores::pooled).ifPresent(auroc -> fields.put("auroc", auroc));
        result.scores().map(Scores::meanOfClasses).ifPresent(auroc -> fields.put("auroc_mean_of_classes", auroc));
        result.ensemble().map(Scores::pooled).ifPresent(auroc -> fields.put("auroc_ensemble", auroc));
        result.failure().ifPresent(sentence -> fields.put("failure", sentence));
        fields.put("notes", result.circumstances().notes());
        fields.put("seconds", result.circumstances().trainSeconds() + result.circumstances().scoreSeconds());
        return Json.line(fields);
    }
}
