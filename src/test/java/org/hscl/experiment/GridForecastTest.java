package org.hscl.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.hscl.scenario.OneClass;
import org.junit.jupiter.api.Test;

class GridForecastTest {

    private final Experiment small = Size.SMOKE.experiment("digits", OneClass.defaults());
    private final GridForecast forecast = new GridForecast(List.of(ResultStoreTest.result(small, 0.9))); // in two seconds

    @Test
    void aRunTakesAsLongAsTheOneThatIsNearestInSizeInProportionToImagesAndEpochs() {
        assertEquals(2, forecast.seconds(small.withSeed(2)).orElseThrow(), 1e-9);
        assertEquals(6, forecast.seconds(small.withConfig(config -> config.withEpochs(3))).orElseThrow(), 1e-9);
        assertEquals(1, forecast.seconds(small.withOneClass(cell -> cell.withPerClass(45))).orElseThrow(), 0.1);
        Experiment longer = small.withConfig(config -> config.withEpochs(10));
        GridForecast both = new GridForecast(List.of(ResultStoreTest.result(small, 0.9), ResultStoreTest.result(longer, 0.9)));
        assertEquals(2.2, both.seconds(small.withConfig(config -> config.withEpochs(11))).orElseThrow(), 1e-9);
    }

    @Test
    void anotherMethodOrNetworkTellsNothing() {
        assertEquals(OptionalDouble.empty(), forecast.seconds(small.withMethod("CSI")));
        assertEquals(OptionalDouble.empty(), forecast.seconds(small.withConfig(config -> config.withWidth(64))));
    }

    @Test
    void theSentenceSaysWhatIsDoneWhatTheRestTakesAndWhatIsNotKnown() {
        Grid grid = Grid.of(small).methods("HSCL", "CSI", "GOAD").seeds(1, 2, 3);
        String words = forecast.words(grid);
        assertTrue(words.startsWith("1 of 9 done; 2 should take about 0:00:04 one after the other, as earlier runs here took on CPU"), words);
        assertTrue(words.contains("how long the other 6 take is not known") && words.endsWith("(CSI, GOAD)"), words);
        assertEquals("0 of 9 done; how long they take is not known, as no earlier run here is of that method and network (HSCL, CSI, GOAD)",
                new GridForecast(List.of()).words(grid));
        assertTrue(forecast.line(small).endsWith("seed 1  done"), forecast.line(small));
        assertTrue(forecast.line(small.withSeed(2)).endsWith("seed 2  about 0:00:02"), forecast.line(small.withSeed(2)));
        assertTrue(forecast.line(small.withMethod("CSI")).endsWith("seed 1"), forecast.line(small.withMethod("CSI")));
        assertFalse(forecast.isDone(small.withSeed(2)));
    }
}
