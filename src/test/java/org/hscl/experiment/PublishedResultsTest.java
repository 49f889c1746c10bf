package org.hscl.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.hscl.augment.AugmentConfig;
import org.hscl.experiment.PublishedResults.PublishedResult;
import org.hscl.loss.LossConfig.LossRows;
import org.hscl.scenario.OneClass;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

class PublishedResultsTest {

    private static PublishedResult find(PaperTable table, String dataSet, String method, String column) {
        return PublishedResults.of(table).stream()
                .filter(r -> r.place().dataSet().equals(dataSet) && r.place().method().equals(method))
                .filter(r -> table.column(r.place()).equals(column))
                .reduce((a, b) -> {
                    throw new AssertionError("twice: " + a + " and " + b);
                })
                .orElseThrow();
    }

    @Test
    void theNumbersArePrintedAsInThePaper() {
        assertEquals(97.9, find(PaperTable.TABLE_1, "cifar10", "HSCL", "γ_l 0.05").auroc());
        assertEquals(84.5, find(PaperTable.TABLE_2, "cifar10", "CSI", "γ_p 0.1").auroc());
        assertEquals(78.5, find(PaperTable.TABLE_3, "cifar100", "FixMatch", "γ_p 0.1").auroc());
        assertEquals(86.3, find(PaperTable.TABLE_4, "cifar10", "Elsa+", "CIFAR-100").auroc());
        assertEquals(70.3, find(PaperTable.TABLE_5, "lsun", "HSCL", "w/o S-P").auroc());
        assertEquals(4.1, find(PaperTable.FASHION_MNIST, "fashion-mnist", "ESAD", "γ_l 0.05").deviation());
        assertEquals(21 + 39 + 30 + 16 + 18 + 15, PublishedResults.all().size());
    }

    @Test
    void noMethodOfThePapersTablesIsOnlyPublished() {
        List<String> missing = PublishedResults.all().stream()
                .filter(result -> result.table() != PaperTable.FASHION_MNIST && result.onlyPublished())
                .map(result -> result.place().method()).distinct().toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void everyNumberStandsInATableThatHoldsIt() {
        for (PublishedResult result : PublishedResults.all()) {
            assertTrue(result.table().holds(result.place()), result.toString());
        }
    }

    @Test
    void aJointTableStatesSizesRunsAndWhatIsOnlyPublished() {
        List<Result> results = IntStream.rangeClosed(1, 3)
                .mapToObj(seed -> ResultStoreTest.result(
                        Size.CPU.experiment("fashion-mnist", OneClass.defaults()).withSeed(seed), 0.9 + seed / 100.0))
                .toList();
        Table table = JointTable.of(PaperTable.FASHION_MNIST, results);
        assertEquals("95.6 ± 4.1", table.where(table.stringColumn("method").startsWith("ESAD")).getString(0, "γ_l 0.05"));
        Row measured = table.stream().reduce((a, b) -> b).orElseThrow();
        assertEquals("measured here", measured.getString("source"));
        assertEquals("92.0 ± 1.0 (3)", measured.getString("γ_l 0.05"));
        assertEquals("–", measured.getString("γ_l 0.01"));
        assertTrue(measured.getString("size (runs in brackets)").contains("600 training images a class"));
        assertTrue(table.stringColumn("method").contains("ESAD (published only)"));
        assertTrue(table.stringColumn("size (runs in brackets)").contains("full size, 90 runs"));
    }

    @Test
    void runsAtOtherRatiosStayOutOfTables2And5() {
        Grid grid = Grid.of(Size.CPU.experiment("fashion-mnist", OneClass.defaults()))
                .labeledRatios(0.01, 0.05).pollutionRatios(0, 0.10);
        List<Result> results = grid.experiments().stream()
                .map(e -> ResultStoreTest.result(e, e.oneClass().ratios().labeledNormal() == 0.05 ? 0.9 : 0.5))
                .toList();
        Row two = JointTable.of(PaperTable.TABLE_2, results).stream().reduce((a, b) -> b).orElseThrow();
        assertEquals(List.of("90.0 (1)", "90.0 (1)"), List.of(two.getString("γ_p 0.0"), two.getString("γ_p 0.1")));
        Row five = JointTable.of(PaperTable.TABLE_5, results).stream().reduce((a, b) -> b).orElseThrow();
        assertEquals("90.0 (1)", five.getString("Full model"));
    }

    @Test
    void aSweepNeverPosesAsTheMethodItself() {
        Experiment base = Size.CPU.experiment("fashion-mnist", OneClass.defaults());
        assertEquals("HSCL", Place.of(base).method());
        assertEquals("HSCL, released variant", Place.of(Toys.released(base)).method());
        Experiment swept = Grid.of(base).thresholds(0.6).temperatures(0.2).prototypeWeights(2).abnormalWeights(3).prototypes(2)
                .experiments().get(0);
        assertEquals("HSCL, τ 0.2, η 0.6, λ₁ 2.0, λ₂ 3.0, K 2", Place.of(swept).method());
        Experiment rows = base.withConfig(c -> c.withLoss(c.loss().withRows(LossRows.ALL)));
        assertEquals("HSCL, rows all", Place.of(rows).method());
        Experiment rate = base.withConfig(c -> c.withOptimizer(c.optimizer().withLearningRate(0.01)));
        assertEquals("HSCL, learningRate 0.01", Place.of(rate).method());
        Experiment gray = base.withConfig(c -> c.withAugment(new AugmentConfig(0.8, 0.4, 0.1, 0, 0.08, 1)));
        assertEquals("HSCL, grayProbability 0.0", Place.of(gray).method());
        assertEquals("CSI, learningRate 0.01", Place.of(rate.withMethod("CSI")).method());
    }

    @Test
    void settingsThatDifferAreNeverMergedIntoOneMean() {
        Experiment base = Size.CPU.experiment("fashion-mnist", OneClass.defaults());
        List<Experiment> settings = List.of(base,
                base.withConfig(c -> c.withOptimizer(c.optimizer().withLearningRate(0.01))),
                base.withConfig(c -> c.withOptimizer(c.optimizer().withWarmupEpochs(5))),
                base.withConfig(c -> c.withAugment(new AugmentConfig(0.8, 0.4, 0.1, 0, 0.08, 1))));
        Table runs = ResultTable.of(settings.stream().map(e -> ResultStoreTest.trained(e, 0.9)).toList());
        Table summary = Summary.table(runs, ResultTable.AUROC, ResultTable.keys(runs));
        assertEquals(4, summary.rowCount(), summary::printAll);
    }

    @Test
    void runsAreSummarizedByTheChosenKeys() {
        Grid grid = Toys.seeds(2).methods("A", "B");
        List<Result> results = grid.experiments().stream()
                .map(e -> ResultStoreTest.result(e, e.method().equals("A") ? 0.5 + 0.1 * e.seed() : 0.7))
                .toList();
        Table summary = Summary.table(ResultTable.of(results), ResultTable.AUROC, "data set", "method");
        assertEquals(List.of("A", "B"), summary.stringColumn("method").asList());
        assertEquals(List.of("65.0 ± 7.1 (2)", "70.0 ± 0.0 (2)"), summary.stringColumn("mean ± std (n)").asList());
        assertEquals("65.0 (1)", Summary.of(65, Double.NaN).text());
    }
}
