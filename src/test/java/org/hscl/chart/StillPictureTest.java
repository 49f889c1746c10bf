package org.hscl.chart;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.ScatterTrace;

class StillPictureTest {

    private static final Pattern SOURCE = Pattern.compile("src=\"data:image/svg\\+xml;base64,([^\"]+)\"");

    private static String svg(Figure figure) {
        Matcher source = SOURCE.matcher(StillPicture.image(figure.asJavascript("a"), "a"));
        assertTrue(source.find());
        return new String(Base64.getDecoder().decode(source.group(1)), StandardCharsets.UTF_8);
    }

    private static Document parsed(String svg) {
        return assertDoesNotThrow(
                () -> DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg))), svg);
    }

    @Test
    void everyChartIsAPictureWithItsTitleItsAxesAndItsLegend() throws Exception {
        String folder = System.getProperty("pictures.into", ""); // to look at them
        for (var named : ChartsTest.all().entrySet()) {
            Chart chart = named.getValue();
            String svg = svg(chart);
            String text = parsed(svg).getDocumentElement().getTextContent();
            PlottedFigure figure = PlottedFigure.of(chart.asJavascript("a"));
            assertTrue(text.contains(chart.title()), text);
            assertTrue(text.contains(figure.axis("x").title()) && text.contains(figure.axis("y").title()), text);
            figure.traces().stream().filter(PlottedFigure.PlottedTrace::isInLegend).forEach(trace -> {
                assertTrue(text.contains(trace.name().split("<br>")[0]), trace.name());
                assertTrue(svg.contains(trace.color()), trace.name());
            });
            assertFalse(svg.contains("NaN") || svg.contains("Infinity"), svg);
            if (!folder.isEmpty()) {
                Files.writeString(Path.of(folder, named.getKey() + ".html"), Notebook.html(chart));
            }
        }
    }

    @Test
    void pointsStandWhereTheAxesSay() {
        ScatterTrace points = ScatterTrace.builder(new double[] {0, 5, 10}, new double[] {0, 50, 100}).build();
        Layout layout = Chart.layout("points", Chart.axis("x", 0, 10), Chart.axis("y", 0, 100)).build();
        String svg = svg(new Figure(layout, points));
        assertTrue(svg.contains("cx=\"90\" cy=\"350\""), svg); // the lower left corner of the plot
        assertTrue(svg.contains("cx=\"485\" cy=\"200\""), svg);
        assertTrue(svg.contains("cx=\"880\" cy=\"50\""), svg);
    }

    @Test
    void barsAreAsLongAsTheirValues() {
        BarTrace bars = BarTrace.builder(new String[] {"a", "b"}, new double[] {2, 4}).build();
        String svg = svg(new Figure(Chart.layout("bars", Chart.axis("class"), Chart.axis("y", 0, 4)).build(), bars));
        Matcher heights = Pattern.compile("<rect x[^>]* height=\"(\\d+)\" fill=\"#0072B2\"").matcher(svg);
        assertTrue(heights.find(), svg);
        assertEquals("150", heights.group(1));
        assertTrue(heights.find());
        assertEquals("300", heights.group(1));
    }

    @Test
    void ticksAreRoundNumbersOrPowersOfTen() {
        assertEquals(List.of("0", "0.2", "0.4", "0.6", "0.8", "1"), texts(new PlottedAxis("", false, 0, 1, List.of())));
        assertEquals(List.of("75", "80", "85", "90", "95"), texts(new PlottedAxis("", false, 73, 97, List.of())).stream().toList());
        assertEquals(List.of("1", "10", "100"), texts(new PlottedAxis("", true, -0.5, 2.3, List.of())));
    }

    private static List<String> texts(PlottedAxis axis) {
        return axis.ticks().stream().map(PlottedAxis.Tick::text).toList();
    }
}
