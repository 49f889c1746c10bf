package org.hscl.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.hscl.data.DataSets;
import org.hscl.data.ImageSet;
import org.hscl.scenario.OneClass;
import org.hscl.scenario.Split;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class SliderTest {

    private static final ImageSet IMAGES = DataSets.digits().test().first(6);

    static Chart threshold() {
        return Sliders.moveThreshold(IMAGES, ChartsTest.SCORES, ChartsTest.ABNORMAL, 0.05);
    }

    static Chart prototypes() {
        return Sliders.moveColumns(Table.create("AUROC (%)", StringColumn.create("class", "a", "b"),
                DoubleColumn.create("K 1", 80, 90), DoubleColumn.create("K 2", 70, Double.NaN)));
    }

    private static PlottedFigure plotted(Chart chart) {
        return PlottedFigure.of(chart.asJavascript("a"));
    }

    private static JsonNode slider(Chart chart) {
        return plotted(chart).layout().path("sliders").path(0);
    }

    /** The change of the last trace at the place with a label. */
    private static JsonNode change(Chart chart, String label) {
        return StreamSupport.stream(slider(chart).path("steps").spliterator(), false)
                .filter(step -> step.path("label").asText().equals(label)).findFirst().orElseThrow().path("args").path(0);
    }

    @Test
    void theSliderStandsWhereTheChartStartsAndTheStillPictureShowsIt() {
        Chart chart = threshold();
        JsonNode slider = slider(chart);
        JsonNode start = slider.path("steps").path(slider.path("active").asInt());
        assertEquals("0.050", start.path("label").asText());
        String drawn = plotted(chart).traces().get(2).name();
        assertEquals(drawn, start.at("/args/0/name/0").asText());
        String still = StillPicture.image(chart.asJavascript("a"), "a").replaceAll("(?s).*base64,([^\"]+)\".*", "$1");
        String svg = new String(Base64.getDecoder().decode(still), StandardCharsets.UTF_8);
        assertTrue(svg.contains("τ = 0.050: flagged"), svg);
        assertEquals(plotted(chart).layout().path("images").size(), svg.split("<image ", -1).length - 1);
    }

    @Test
    void eachPictureStandsAtItsScore() {
        plotted(threshold()).layout().path("images").forEach(picture -> {
            double score = picture.path("x").asDouble();
            int row = IntStream.range(0, 6).filter(i -> ChartsTest.SCORES[i] == score).findFirst().orElseThrow();
            assertEquals(Html.source(IMAGES.image(row)), picture.path("source").asText());
        });
    }

    @Test
    void eachPlaceTellsWhatItsThresholdFlags() {
        Chart chart = threshold();
        assertEquals(List.of("τ = 0.050: flagged", "2 of 3 abnormal", "0 of 3 normal", "precision 1.000", "recall 0.667"),
                List.of(change(chart, "0.050").at("/name/0").asText().split("<br>")));
        assertEquals(List.of("τ = 0.900: flagged", "3 of 3 abnormal", "2 of 3 normal", "precision 0.600", "recall 1.000"),
                List.of(change(chart, "0.900").at("/name/0").asText().split("<br>")));
        assertEquals("[0.9,0.9]", change(chart, "0.900").at("/x/0").toString());
        assertTrue(change(chart, "-0.900").at("/name/0").asText().contains("precision –"), "nothing is flagged");
    }

    @Test
    void whatMayBeDrawnLiesAboveItsThreshold() {
        Split split = OneClass.defaults().withNormal("3").withPollutionRatio(0.1).split(DataSets.digits());
        double[] scores = split.states().stream().mapToDouble(state -> state.isAbnormal() ? -0.5 : 0.5).toArray();
        Chart chart = Sliders.moveSampling(split, scores, 0.5); // weights of 0.25 and 0.75
        String[] lines = change(chart, "0.500").at("/name/0").asText().split("<br>");
        assertEquals("η = 0.500: may be drawn", lines[0]);
        assertTrue(lines[1].startsWith("0 of "), lines[1]);
        assertEquals(List.of("precision 1.000", "recall 1.000"), List.of(lines[3], lines[4]));
        assertTrue(change(chart, "0.250").at("/name/0").asText().contains("recall 1.000"));
        assertTrue(change(chart, "0.750").at("/name/0").asText().contains("recall 0.000"));
    }

    @Test
    void columnsOfATableAreGoneThrough() {
        assertEquals("[70.0,null]", change(prototypes(), "K 2").at("/y/0").toString());
        assertEquals("K 2: mean 70.0 %", slider(prototypes()).at("/steps/1/args/1/title").asText());
        assertEquals(prototypes().title(), slider(prototypes()).at("/steps/0/args/1/title").asText());
    }

    @Test
    void lengthsThatDifferAreNamed() {
        var error = assertThrows(IllegalArgumentException.class,
                () -> Sliders.moveThreshold(IMAGES, new double[5], ChartsTest.ABNORMAL, 0));
        assertTrue(error.getMessage().startsWith("5 values, 6 truths and 6 images"), error.getMessage());
    }
}
