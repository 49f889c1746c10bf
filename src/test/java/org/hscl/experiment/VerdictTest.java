package org.hscl.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.hscl.scenario.OneClass;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class VerdictTest {

    private static final double NONE = Double.NaN;

    /** A run a row of one seed; seconds differ and count for nothing. */
    private static Table runs(double[] settings, double... aurocs) {
        String[] seeds = new String[aurocs.length];
        Arrays.fill(seeds, "1");
        return runs(settings, seeds, aurocs);
    }

    private static Table runs(double[] settings, String[] seeds, double... aurocs) {
        double[] seconds = new double[aurocs.length];
        Arrays.setAll(seconds, i -> i);
        return Table.create(DoubleColumn.create("η", settings), StringColumn.create("seed", seeds),
                DoubleColumn.create(ResultTable.AUROC, aurocs), DoubleColumn.create("seconds", seconds));
    }

    private static final String ONE_RUN = " One run each: how far seeds differ is not known.";

    @Test
    void theHighestStandsBesideTheNextAndTheLowest() {
        assertEquals("Highest is η 0.4 with 94.2 %, 0.3 points above 0.3 and 2.1 above the lowest, 0.9." + ONE_RUN,
                Summary.best(runs(new double[] {.2, .3, .4, .9}, 93, 93.9, 94.2, 92.1), "η"));
        assertEquals("Highest is η 2 with 94.0 %, 1.0 points above 1." + ONE_RUN, Summary.best(runs(new double[] {1, 2}, 93, 94), "η"));
    }

    @Test
    void whatIsPrintedAlikeIsATie() {
        assertEquals("Highest are η 0.2 and 0.4 with 94.0 %, 1.0 points above 0.3." + ONE_RUN,
                Summary.best(runs(new double[] {.2, .3, .4}, 94, 93, 93.99), "η"));
        assertEquals("Highest is η 0.4 with 94.0 %, 1.0 points above 0.2 and 0.3 and 2.0 above the lowest, 0.5 and 0.6." + ONE_RUN,
                Summary.best(runs(new double[] {.2, .3, .4, .5, .6}, 93, 93, 94, 92, 92), "η"));
        assertEquals("η 0.2, 0.3 and 0.4 are alike, 73.4 %." + ONE_RUN, Summary.best(runs(new double[] {.2, .3, .4}, 73.4, 73.4, 73.4), "η"));
    }

    @Test
    void severalRunsAreComparedSeedBySeed() {
        double[] settings = {.2, .2, .4, .4};
        String[] seeds = {"1", "2", "1", "2"};
        assertEquals("Highest is η 0.4 with 86.0 %, 1.0 ± 0.0 points above 0.2. Means of 2 runs each.",
                Summary.best(runs(settings, seeds, 90, 80, 91, 81), "η"));
        assertEquals("Highest is η 0.4 with 85.5 %, 0.5 ± 2.1 points (less than its deviation) above 0.2. Means of 2 runs each.",
                Summary.best(runs(settings, seeds, 90, 80, 92, 79), "η"));
    }

    @Test
    void runsWithoutACounterpartAreLeftOut() {
        double[] settings = {.2, .2, .4};
        assertEquals("Highest is η 0.4 with 91.0 %, 1.0 points above 0.2. One run each, of those that all have: how far seeds differ is not known.",
                Summary.best(runs(settings, new String[] {"1", "2", "1"}, 90, 99, 91), "η"));
        assertEquals("No two of η 0.2 and 0.4 were measured on the same runs, so that they do not compare.",
                Summary.best(runs(settings, new String[] {"1", "2", "3"}, 90, 99, 91), "η"));
    }

    @Test
    void whatIsMissingIsSaid() {
        assertEquals("No AUROC was measured.", Summary.best(runs(new double[] {}), "η"));
        assertEquals("No AUROC was measured.", Summary.best(runs(new double[] {.2, .4}, NONE, NONE), "η"));
        assertEquals("Only η 0.2 was measured: 93.0 %.", Summary.best(runs(new double[] {.2, NONE}, 93, 99), "η"));
        assertEquals("Only η 0.2 was measured: 93.0 %. Not measured: η 0.4.", Summary.best(runs(new double[] {.2, .4}, 93, NONE), "η"));
        assertEquals("Highest is η 0.2 with 93.0 %, 1.0 points above 0.3." + ONE_RUN + " Not measured: η 0.4.",
                Summary.best(runs(new double[] {.2, .3, .4}, 93, 92, NONE), "η"));
    }

    @Test
    void resultsOfAGridAreComparedByWhatIsLeftOut() {
        Grid grid = Grid.of(Size.CPU.experiment("fashion-mnist", OneClass.defaults())).normals(0, 2).ablations();
        List<Result> results = grid.experiments().stream().filter(Ablation.FULL::describes).map(e -> ResultStoreTest.result(e, .9)).toList();
        Table runs = ResultTable.of(results).append(ResultTable.of(grid.only(Ablation.WITHOUT_PROTOTYPES).experiments().stream()
                .map(e -> ResultStoreTest.result(e, e.oneClass().normal().contains("2") ? .8 : .6)).toList()));
        assertEquals("Highest is Full model with 90.0 %, 20.0 ± 14.1 points above w/o S-P. Means of 2 runs each.", Summary.best(runs, "terms"));
    }

    private static Table columns(double first, double second, double third, double fourth) {
        return Table.create(StringColumn.create("abnormal class", "Trouser", "Bag"), DoubleColumn.create("K 1", first, second),
                DoubleColumn.create("K 2", 0, 0), DoubleColumn.create("K 3", third, fourth));
    }

    @Test
    void aChangeNamesWhoGainsAndWhoLosesMost() {
        assertEquals("From K 1 to K 3 Trouser gains most, 2.5 points, and Bag loses most, 5.0 points.", Summary.change(columns(90, 80, 92.5, 75)));
        assertEquals("From K 1 to K 3 Bag gains most, 3.0 points.", Summary.change(columns(90, 80, 92.5, 83)));
        assertEquals("From K 1 to K 3 Bag loses most, 3.0 points.", Summary.change(columns(90, 80, NONE, 77)));
        assertEquals("From K 1 to K 3 nothing changes.", Summary.change(columns(90, 80, 90, 80)));
    }
}
