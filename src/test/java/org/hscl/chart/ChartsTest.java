package org.hscl.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hscl.data.DataSets;
import org.hscl.eval.Roc;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.scenario.OneClass;
import org.hscl.scenario.SampleState;
import org.hscl.scenario.Split;
import org.hscl.train.History;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ChartsTest {

    static final double[] SCORES = {0.9, 0.8, 0.7, 0.1, -0.2, -0.9};
    static final boolean[] ABNORMAL = {false, false, true, false, true, true};

    /** One of each figure. */
    static Map<String, Chart> all() {
        Roc roc = Roc.of(SCORES, ABNORMAL);
        List<SampleState> states = Arrays.stream(SampleState.values()).flatMap(s -> Stream.of(s, s)).limit(6).toList();
        Map<String, Chart> charts = new LinkedHashMap<>();
        charts.put("losses", Charts.losses(history()));
        charts.put("roc", Charts.roc(Map.of("a", roc, "b", roc)));
        charts.put("scores", Charts.scores(SCORES, ABNORMAL, 0.5));
        charts.put("scores by state", Charts.scores(SCORES, states));
        charts.put("weights", Charts.weights(SCORES, states));
        charts.put("confusion", Charts.confusion(SCORES, ABNORMAL, 0.5));
        charts.put("sweep", Charts.sweep(sweep(), "η", "AUROC (%)", "deviation"));
        charts.put("groups", Charts.sweep(sweep(), "η", "AUROC (%)", "deviation", "set"));
        charts.put("above threshold", Charts.aboveThreshold(SCORES, states));
        charts.put("ablations", Charts.ablations(List.of()));
        charts.put("split", Charts.splitCounts(split()));
        charts.put("movable threshold", SliderTest.threshold());
        charts.put("movable bars", SliderTest.prototypes());
        charts.put("scatter", Charts.scatter("t-SNE", new double[][] {{1, 2}, {3, 4}}, List.of("x", "y"), "y"));
        return charts;
    }

    static History history() {
        return History.empty()
                .plus(epoch(1, 5.5, 4, 1, 0.3, 0.2))
                .plus(epoch(2, 4.4, 3, 1, 0.3, 0.1));
    }

    private static History.Epoch epoch(int number, double... losses) {
        List<String> names = List.of("total", "sample-to-sample", "shift", "sample-to-prototype", "normal-to-abnormal");
        Map<String, Double> byName = new LinkedHashMap<>();
        IntStream.range(0, losses.length).forEach(i -> byName.put(names.get(i), losses[i]));
        return new History.Epoch(number, 1e-3, byName, 99);
    }

    private static Table sweep() {
        return Table.create(
                "Sweep",
                StringColumn.create("set", "A", "A", "B"),
                DoubleColumn.create("η", 0.4, 0.2, 0.6),
                DoubleColumn.create("AUROC (%)", 95.5, 94.5, 90.5),
                DoubleColumn.create("deviation", 0.5, 0.25, Double.NaN));
    }

    private static Split split() {
        return OneClass.defaults().withNormal("3").withPollutionRatio(0.1).split(DataSets.digits());
    }

    @Test
    void everyFigureTakesItsColoursFromThePalette() {
        Set<String> allowed = Stream.of(Palette.values()).map(Palette::hex).collect(Collectors.toCollection(TreeSet::new));
        allowed.addAll(List.of("#EEEEEE", "#444", "#fff")); // grid, ticks, paper
        all().forEach((name, chart) -> {
            Set<String> others = Pattern.compile("#[0-9A-Fa-f]{3,6}\\b")
                    .matcher(chart.asJavascript("here"))
                    .results()
                    .map(MatchResult::group)
                    .filter(color -> !allowed.contains(color))
                    .collect(Collectors.toSet());
            assertEquals(Set.of(), others, name);
        });
    }

    @Test
    void everyFigureHasATitleAxisTitlesAndNumbers() {
        all().forEach((name, chart) -> {
            assertFalse(chart.title().isBlank(), name);
            assertTrue(chart.asJavascript("here").contains("axis: {\n    title: '"), name);
            assertTrue(chart.numbers().rowCount() > 0, name);
            assertEquals(chart.title(), chart.numbers().name());
        });
    }

    @Test
    void aRocCurveIsTabledAtTheHeightsOfItsSteps() {
        Table numbers = Charts.roc(Roc.of(SCORES, ABNORMAL)).numbers();
        assertEquals(2.0 / 3, (double) numbers.get(0, 1), 1e-9); // two normals score above the highest anomaly
        assertEquals(1.0, (double) numbers.get(numbers.rowCount() - 1, 1));
        assertTrue(numbers.column(1).name().contains("AUROC 0.889"), numbers.column(1).name());
    }

    @Test
    void aHistogramHoldsAllOfEachGroup() {
        Table numbers = Charts.scores(SCORES, ABNORMAL).numbers();
        assertEquals(100, numbers.doubleColumn("normal (3), %").sum(), 0.1);
        assertEquals(100, numbers.doubleColumn("abnormal (3), %").sum(), 0.1);
    }

    @Test
    void aThresholdOfUnlabeledScoresIsExplainedByTwoPartsThatAddUpToTheScores() {
        var random = new java.util.SplittableRandom(1);
        double[] unlabeled = new double[200];
        for (int i = 0; i < unlabeled.length; i++) {
            unlabeled[i] = (i < 40 ? 0.1 : 0.8) + 0.05 * random.nextGaussian(); // a fifth of anomalies
        }
        Threshold threshold = Threshold.fromUnlabeled(unlabeled);
        TrainingScores scores = new TrainingScores(new double[] {0.8}, unlabeled, new double[0]);
        Table numbers = Charts.threshold(scores, threshold).numbers();
        assertEquals(
                List.of("bin from", "labeled normal (1), %", "unlabeled (200), %", "normal part, %", "abnormal part (20.0 %), %"),
                numbers.columnNames());
        assertEquals(80, numbers.doubleColumn(3).sum(), 1.5);
        assertEquals(20, numbers.doubleColumn(4).sum(), 1.5);
    }

    @Test
    void scoresThatAreAllEqualStillMakeAHistogram() {
        Table numbers = Charts.scores(new double[] {1, 1}, new boolean[] {false, true}).numbers();
        assertEquals(100, numbers.doubleColumn(1).sum(), 0.1);
    }

    @Test
    void weightsMapScoresToZeroToOneAndLeaveLabeledImagesOut() {
        double[] scores = {-1, 0.5, 1};
        List<SampleState> states =
                List.of(SampleState.UNLABELED_ABNORMAL, SampleState.LABELED_NORMAL, SampleState.UNLABELED_NORMAL);
        Table numbers = Charts.weights(scores, states).numbers();
        assertEquals("0.000", numbers.get(0, 0));
        assertEquals("0.969", numbers.get(31, 0)); // the last of 32 bins
        assertEquals(List.of("bin from", "unlabeled normal (1), %", "unlabeled abnormal (1), %"), numbers.columnNames());
    }

    @Test
    void confusionCountsAScoreAtTheThresholdAsNormal() {
        Table numbers = Charts.confusion(SCORES, ABNORMAL, 0.7).numbers();
        assertEquals(List.of(2, 1), numbers.intColumn("passes as normal").asList());
        assertEquals(List.of(1, 2), numbers.intColumn("flagged as anomaly").asList());
    }

    @Test
    void theBandOfASweepSpansOneDeviationAndASingleRunHasNone() {
        String script = Charts.sweep(sweep(), "η", "AUROC (%)", "deviation").asJavascript("here");
        assertTrue(script.contains("y: [\"94.75\",\"96.0\",\"90.5\"]"), script);
        assertTrue(script.contains("y: [\"94.25\",\"95.0\",\"90.5\"]"), script);
        assertTrue(script.contains("tonexty"), script);
    }

    @Test
    void aSweepSaysItsMeasureAndWhetherThereIsABand() {
        assertTrue(Charts.sweep(sweep(), "η", "AUROC (%)", "deviation").asJavascript("here")
                .contains("title: 'AUROC (%; band: ± deviation)'"));
        Table single = Table.create("Sweep", DoubleColumn.create("η", 0.2, 0.4), DoubleColumn.create("mean", 95, 96),
                DoubleColumn.create("std", Double.NaN, Double.NaN));
        assertTrue(Charts.sweep(single, "η", "mean", "std").asJavascript("here")
                .contains("title: 'AUROC (%; one run a point, so no band)'"));
    }

    @Test
    void aDifferenceOfOnePointIsNotDrawnAsALargeOne() {
        Table flat = Table.create("Sweep", DoubleColumn.create("η", 0.2, 0.4), DoubleColumn.create("mean", 97, 98),
                DoubleColumn.create("std", 0.1, 0.1));
        assertTrue(Charts.sweep(flat, "η", "mean", "std").asJavascript("here").contains("range: [\"90.0\",\"100.0\"]"),
                Charts.sweep(flat, "η", "mean", "std").asJavascript("here"));
    }

    @Test
    void imagesAboveTheThresholdAreCountedByTruthAndAWeightAtTheThresholdIsNotAbove() {
        double[] scores = {1, 0, -0.2, 0.5, 0.9};
        List<SampleState> states = List.of(SampleState.UNLABELED_NORMAL, SampleState.UNLABELED_NORMAL,
                SampleState.UNLABELED_ABNORMAL, SampleState.UNLABELED_ABNORMAL, SampleState.LABELED_NORMAL);
        Table numbers = Charts.aboveThreshold(scores, states).numbers(); // weights 1, 0.5 and 0.4, 0.75
        Table half = numbers.where(numbers.doubleColumn("η").isEqualTo(0.5));
        assertEquals(List.of(1), half.intColumn("unlabeled normal (2)").asList());
        assertEquals(List.of(1), half.intColumn("unlabeled abnormal (2)").asList());
        assertEquals(List.of(50.0), half.doubleColumn("unlabeled abnormal, %").asList());
        assertEquals(2, numbers.intColumn("unlabeled normal (2)").get(0));
    }

    @Test
    void splitCountsMatchTheSplit() {
        Split split = split();
        Table numbers = Charts.splitCounts(split).numbers();
        for (SampleState state : SampleState.values()) {
            assertEquals(split.count(state), numbers.intColumn(state.title()).sum(), state.title());
        }
    }

    @Test
    void theNormalClassIsPink() {
        String script = Charts.scatter("map", new double[][] {{1, 2}, {3, 4}}, List.of("bag", "sandal"), "sandal")
                .asJavascript("here");
        assertTrue(script.indexOf("#CC79A7") > script.indexOf("name: 'bag'"), script);
    }

    @Test
    void tenClassesDifferInColourOrSymbolAndNeighboursInBoth() {
        List<String> classes = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
        String script = Charts.scatter("map", new double[10][2], classes, "0").asJavascript("here");
        List<String> colors = all("\\n    color: '(#[0-9A-F]{6})'", script);
        List<String> symbols = all("symbol: '([a-z-]+)'", script);
        assertEquals(10, colors.size(), script);
        assertEquals(10, IntStream.range(0, 10).mapToObj(i -> colors.get(i) + symbols.get(i)).distinct().count());
        for (int i = 1; i < 10; i++) {
            assertNotEquals(colors.get(i - 1), colors.get(i));
            assertTrue(i == 1 || !symbols.get(i - 1).equals(symbols.get(i)), symbols.toString());
        }
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1)).toList();
    }
}
