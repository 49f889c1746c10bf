package org.hscl.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hscl.experiment.Experiment;
import org.hscl.experiment.PaperTable;
import org.hscl.experiment.Result;
import org.hscl.experiment.Scores;
import org.hscl.experiment.Size;
import org.hscl.scenario.OneClass;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class ComparisonTest {

    private static Result measured() {
        Experiment experiment = Size.CPU.experiment("fashion-mnist", OneClass.defaults());
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
    }

    @Test
    void anUnknownColumnIsSaidWithThoseThereAre() {
        Exception error = assertThrows(
                IllegalArgumentException.class, () -> Charts.joint(PaperTable.TABLE_4, List.of(), "MNIST"));
        assertTrue(error.getMessage().contains("SVHN"), error.getMessage());
    }
}
