package org.hscl.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hscl.eval.Roc;
import org.hscl.scenario.Split;

/**
 * What a score is worth on a test set.
 *
 * @param pooled AUROC of the normals against all anomalies together, in [0, 1]
 * @param perClass AUROC of the normals against each abnormal class, by name
 */
public record Scores(double pooled, Map<String, Double> perClass) {

    /** Copies the map, in order. */
    public Scores {
        perClass = Collections.unmodifiableMap(new LinkedHashMap<>(perClass));
    }

    /**
     * Measures.
     *
     * @param scores of the split's test images, higher is more normal, (M)
     */
    public static Scores of(Split split, double[] scores) {
        boolean[] abnormal = split.testAbnormal();
        Map<String, Double> perClass = new LinkedHashMap<>();
        List<String> names = split.test().classNames();
        for (int label = 0; label < names.size(); label++) {
            int number = label;
            int[] rows = IntStream.range(0, scores.length)
                    .filter(i -> !abnormal[i] || split.test().labels()[i] == number)
                    .toArray();
            if (IntStream.of(rows).anyMatch(i -> abnormal[i])) {
                perClass.put(names.get(label), auroc(scores, abnormal, rows));
            }
        }
        return new Scores(Roc.auroc(scores, abnormal), perClass);
    }

    private static double auroc(double[] scores, boolean[] abnormal, int[] rows) {
        boolean[] truth = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            truth[i] = abnormal[rows[i]];
        }
        return Roc.auroc(IntStream.of(rows).mapToDouble(i -> scores[i]).toArray(), truth);
    }

    /** ELSA's habit: the mean over the abnormal classes, in [0, 1]. */
    public double meanOfClasses() {
        return perClass.values().stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}
