package org.hscl.chart;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.hscl.chart.Histograms.Group;
import org.hscl.chart.Histograms.Part;
import org.hscl.eval.Roc;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.experiment.JointTable;
import org.hscl.experiment.PaperTable;
import org.hscl.experiment.Result;
import org.hscl.experiment.Scores;
import org.hscl.scenario.SampleState;
import org.hscl.scenario.Split;
import org.hscl.train.History;
import tech.tablesaw.api.Table;

/** Every figure, one factory each; sliders are in {@link Sliders}, pictures in {@link Galleries}. {@link Notebook#show(tech.tablesaw.plotly.components.Figure)} shows them. */
public final class Charts {

    static final String SCORE = "normality score (no unit; higher is more normal)";
    static final String WEIGHT = "weight wᵢ (0 … 1)";

    private Charts() {}

    /** The total loss and its four terms by epoch. */
    public static Chart losses(History history) {
        return Curves.losses(history);
    }

    /** One ROC curve, with its area. */
    public static Chart roc(Roc roc) {
        return Curves.roc(Map.of("test images", roc));
    }

    /** Several ROC curves, named. */
    public static Chart roc(Map<String, Roc> curves) {
        return Curves.roc(curves);
    }

    /**
     * The distribution of test scores for normal and abnormal images.
     *
     * @param scores higher is more normal, (M)
     * @param abnormal the truth, (M)
     */
    public static Chart scores(double[] scores, boolean[] abnormal) {
        return Histograms.of("Scores of test images", SCORE, byTruth(scores, abnormal), OptionalDouble.empty());
    }

    /** The distribution of test scores with a threshold, below which an image counts as an anomaly. */
    public static Chart scores(double[] scores, boolean[] abnormal, double threshold) {
        return Histograms.of("Scores of test images", SCORE, byTruth(scores, abnormal), OptionalDouble.of(threshold));
    }

    /**
     * The distribution of training scores by state; how far apart the two unlabeled states lie shows how well the contamination
     * was seen through.
     *
     * @param scores higher is more normal, (N)
     * @param states of the training images, (N)
     */
    public static Chart scores(double[] scores, List<SampleState> states) {
        Map<String, Group> groups = new LinkedHashMap<>();
        for (SampleState state : SampleState.values()) {
            double[] values = of(scores, i -> states.get(i) == state);
            if (values.length > 0) {
                groups.put(state.title(), new Group(values, Palette.of(state)));
            }
        }
        return Histograms.of("Scores of training images by state", SCORE, groups, OptionalDouble.empty());
    }

    /**
     * The soft weights wᵢ = (s + 1) / 2 of Eq. 5 for the unlabeled images, by the truth that training never saw.
     *
     * @param scores s of Eq. 9, in [−1, 1], (N)
     * @param states of the training images, (N)
     */
    public static Chart weights(double[] scores, List<SampleState> states) {
        Map<String, Group> groups = new LinkedHashMap<>();
        for (SampleState state : List.of(SampleState.UNLABELED_NORMAL, SampleState.UNLABELED_ABNORMAL)) {
            groups.put(state.title(), new Group(weights(scores, states, state), Palette.of(state)));
        }
        return Histograms.of(
                "Weights of unlabeled images by their hidden truth", WEIGHT, groups, OptionalDouble.empty());
    }

    /**
     * Which unlabeled images Eq. 7 may draw as normal ones: how many have a weight above η, for every η, by the truth that training
     * never saw.
     *
     * @param scores s of Eq. 9, in [−1, 1], (N)
     * @param states of the training images, (N)
     */
    public static Chart aboveThreshold(double[] scores, List<SampleState> states) {
        return Curves.aboveThreshold(
                weights(scores, states, SampleState.UNLABELED_NORMAL), weights(scores, states, SampleState.UNLABELED_ABNORMAL));
    }

    /**
     * A curve of AUROCs with its error band. The table's name is the title.
     *
     * @param results one row a point, in percent
     * @param x the column of the swept parameter
     * @param mean the column of the mean
     * @param deviation the column of its standard deviation over runs
     */
    public static Chart sweep(Table results, String x, String mean, String deviation) {
        return Curves.sweep(results, x, mean, deviation, Map.of(mean, results));
    }

    /** Several curves with their error bands, one for each value of the column {@code group}. */
    public static Chart sweep(Table results, String x, String mean, String deviation, String group) {
        Map<String, Table> groups = new LinkedHashMap<>();
        for (String name : results.column(group).unique().asStringColumn()) {
            groups.put(name, results.where(results.column(group).asStringColumn().isEqualTo(name)));
        }
        return Curves.sweep(results, x, mean, deviation, new TreeMap<>(groups));
    }

    /**
     * Table 5 as bars: what is left when a part of HSCL is left out, published and measured, each with its size.
     *
     * @param results measured here; those that are not comparable with Table 5 are left out
     */
    public static Chart ablations(List<Result> results) {
        return Comparison.ablations(JointTable.rows(PaperTable.TABLE_5, results, Scores::pooled));
    }

    /**
     * Published AUROCs beside measured ones, each with its size: one column of a joint table.
     *
     * @param table the published table
     * @param results measured here; those that are not comparable with it are left out
     * @param column such as {@code γ_l 0.05} for Table 1, {@code γ_p 0.1} for Table 2, {@code SVHN} for Table 4
     */
    public static Chart joint(PaperTable table, List<Result> results, String column) {
        return Comparison.of(table.title(), JointTable.rows(table, results, Scores::pooled), column);
    }

    /**
     * Points in a plane by class; the normal class is pink, as in Fig. 3.
     *
     * @param points (N, 2)
     * @param classes the class of each, (N)
     * @param normal which class is normal
     */
    public static Chart scatter(String title, double[][] points, List<String> classes, String normal) {
        return Points.scatter(title, points, classes, normal);
    }

    /**
     * Why a threshold is where it is: the scores of the training images by what was known of them, and the two parts of the
     * mixture where it comes from unlabeled scores.
     *
     * @param scores of a detector's training images
     * @param threshold of the same detector
     */
    public static Chart threshold(TrainingScores scores, Threshold threshold) {
        Map<String, Group> groups = new LinkedHashMap<>();
        put(groups, "labeled normal", scores.labeledNormal(), Palette.SKY_BLUE);
        put(groups, "labeled abnormal", scores.labeledAbnormal(), Palette.ORANGE);
        put(groups, "unlabeled", scores.unlabeled(), Palette.GREEN);
        Map<String, Part> parts = new LinkedHashMap<>();
        threshold.mixture().filter(mixture -> mixture.abnormalShare() > 0).ifPresent(mixture -> {
            parts.put("normal part", new Part(mixture::normalDensity, Palette.BLUE));
            parts.put(String.format(Locale.ROOT, "abnormal part (%.1f %%)", 100 * mixture.abnormalShare()),
                    new Part(mixture::abnormalDensity, Palette.VERMILION));
        });
        String title = "Threshold by the rule '%s'".formatted(threshold.rule());
        return Histograms.of(title, SCORE, groups, parts, OptionalDouble.of(threshold.score()));
    }

    private static void put(Map<String, Group> groups, String name, double[] scores, Palette color) {
        if (scores.length > 0) {
            groups.put(name, new Group(scores, color));
        }
    }

    /**
     * What a threshold decides for normal and abnormal images.
     *
     * @param scores higher is more normal, (M)
     * @param abnormal the truth, (M)
     * @param threshold lower scores are flagged
     */
    public static Chart confusion(double[] scores, boolean[] abnormal, double threshold) {
        return Bars.confusion(scores, abnormal, threshold);
    }

    /** How many training images of each class are in each state. */
    public static Chart splitCounts(Split split) {
        return Bars.splitCounts(split);
    }

    /** wᵢ of Eq. 5 of the images in one state. */
    private static double[] weights(double[] scores, List<SampleState> states, SampleState state) {
        return Arrays.stream(of(scores, i -> states.get(i) == state)).map(score -> (score + 1) / 2).toArray();
    }

    private static Map<String, Group> byTruth(double[] scores, boolean[] abnormal) {
        Map<String, Group> groups = new LinkedHashMap<>();
        groups.put("normal", new Group(of(scores, i -> !abnormal[i]), Palette.BLUE));
        groups.put("abnormal", new Group(of(scores, i -> abnormal[i]), Palette.VERMILION));
        return groups;
    }

    private static double[] of(double[] scores, IntPredicate chosen) {
        return IntStream.range(0, scores.length).filter(chosen).mapToDouble(i -> scores[i]).toArray();
    }
}
