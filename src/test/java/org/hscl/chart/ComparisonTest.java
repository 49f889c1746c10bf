package org.hscl.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hscl.experiment.Ablation;
import org.hscl.experiment.Experiment;
import org.hscl.experiment.Grid;
import org.hscl.experiment.PaperTable;
import org.hscl.experiment.Result;
import org.hscl.experiment.Scores;
import org.hscl.experiment.Size;
import org.hscl.scenario.OneClass;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class ComparisonTest {

    private static Result measured() {
        return result(Size.CPU.experiment("fashion-mnist", OneClass.defaults()));
    }

    private static Result result(Experiment experiment) {
        var run = new Result.Circumstances(Map.of(), 9, "CPU", Map.of(), 1, 1, "", Optional.of("history.csv"), List.of());
        return new Result(experiment.id(), experiment, Optional.of(new Scores(0.93, Map.of())), Optional.empty(),
                Optional.empty(), run);
    }

    @Test
    void measuredBarsStandBesidePublishedOnesWithTheirSizes() {
        Chart chart = Charts.joint(PaperTable.FASHION_MNIST, List.of(measured()), "γ_l 0.05");
        Table numbers = chart.numbers();
        assertEquals(6, numbers.rowCount());
        assertEquals("HSCL", numbers.getString(5, "method"));
        assertEquals(93, numbers.doubleColumn("AUROC, %").get(5), 1e-9);
        assertEquals(1, numbers.intColumn("runs (0: not stated)").get(5));
        assertTrue(numbers.getString(5, "size").contains("width 16, epochs 20"), numbers.getString(5, "size"));
        String script = chart.asJavascript("here");
        assertTrue(script.contains("published peer: ESAD paper") && script.contains("measured here"), script);
        assertTrue(script.contains("HSCL (1 run)"), script);
    }

    @Test
    void barsOfSeveralDataSetsSayWhichTheyStandFor() {
        String script = Charts.joint(PaperTable.TABLE_1, List.of(measured()), "γ_l 0.05").asJavascript("here");
        assertTrue(script.contains("HSCL (fashion-mnist, 1 run)"), script);
    }

    @Test
    void sizesInTheLegendAreBrokenIntoLinesThatLeaveRoomForBars() {
        String script = Charts.joint(PaperTable.FASHION_MNIST, List.of(measured()), "γ_l 0.05").asJavascript("here");
        Pattern.compile("name: '([^']*)'").matcher(script).results()
                .flatMap(name -> Stream.of(name.group(1).split("<br>")))
                .forEach(line -> assertTrue(line.length() <= 34, line));
        assertTrue(script.contains("measured here: width 16, epochs<br>20, batch 32; 600 training images<br>a class"), script);
    }

    @Test
    void anAblationIsASeriesForEachDataSetInTheOrderOfTable5() {
        Grid grid = Grid.ablations(Size.CPU.experiment("fashion-mnist", OneClass.defaults().withPollutionRatio(0.10)));
        List<Result> results = grid.experiments().stream().map(ComparisonTest::result).toList();
        Chart chart = Charts.ablations(results);
        Table numbers = chart.numbers();
        assertEquals(4 * 6, numbers.rowCount());
        Table measured = numbers.where(numbers.stringColumn("data set").isEqualTo("fashion-mnist"));
        assertEquals(Stream.of(Ablation.values()).map(Ablation::label).toList(), measured.stringColumn("left out").asList());
        assertEquals(97.1, numbers.doubleColumn("AUROC, %").get(0));
        assertEquals(4, Pattern.compile("name: '").matcher(chart.asJavascript("here")).results().count());
        assertTrue(chart.asJavascript("here").contains("classes, 1 run'"), chart.asJavascript("here"));
    }

    @Test
    void anUnknownColumnIsSaidWithThoseThereAre() {
        Exception error = assertThrows(
                IllegalArgumentException.class, () -> Charts.joint(PaperTable.TABLE_4, List.of(), "MNIST"));
        assertTrue(error.getMessage().contains("SVHN"), error.getMessage());
    }
}
