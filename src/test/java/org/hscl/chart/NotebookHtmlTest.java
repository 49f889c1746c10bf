package org.hscl.chart;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hscl.data.DataSets;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class NotebookHtmlTest {

    /** HTML of a figure after the first one, which brings the plot script along. */
    private static String html(Chart chart) {
        Notebook.html(chart);
        return Notebook.html(chart);
    }

    private static void assertWellFormed(String html) {
        String page = "<body>" + html.replaceAll("(?s)<script>.*?</script>", "") + "</body>";
        assertDoesNotThrow(
                () -> DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page))),
                page);
    }

    @Test
    void figuresAndPicturesAreWellFormed() {
        ChartsTest.all().values().forEach(chart -> assertWellFormed(html(chart)));
        assertWellFormed(Galleries.perClass(DataSets.digits().test(), 3).html());
        assertWellFormed(Galleries.mostAnomalous(DataSets.digits().test().first(6), ChartsTest.SCORES, 6).html());
    }

    @Test
    void nothingIsFetchedFromANetwork() {
        ChartsTest.all().values().forEach(chart -> {
            String html = html(chart);
            String outside = html.replace("src=\"data:image/svg+xml;base64,", "");
            assertFalse(outside.contains("http") || outside.contains("src="), html);
        });
        String gallery = Galleries.perClass(DataSets.digits().test(), 3).html();
        assertFalse(gallery.replace("src=\"data:image/png;base64,", "").contains("src="), gallery);
    }

    @Test
    void thePageHoldsAStillPictureUntilAScriptHasDrawnAndThePlottedNumbers() {
        String html = html(Charts.losses(ChartsTest.history()));
        assertTrue(html.contains("<td>5.5</td>") && html.contains("<td>4.4</td>"), html);
        assertTrue(html.contains("<summary style=\"display: list-item;"), html); // some pages hide the marker
        assertTrue(html.contains("Training losses: the plotted numbers (click to unfold)</summary>"), html); // some take the style too
        assertTrue(html.contains("alt=\"Training losses\" src=\"data:image/svg+xml;base64,"), html);
        assertTrue(html.contains("-still').style.display = 'none'"), html);
    }

    @Test
    void aSavedPictureHasTheChartsNameAndSize() {
        String html = html(Charts.losses(ChartsTest.history()));
        assertTrue(html.contains("{\"filename\" : \"training-losses\", \"width\" : 960, \"height\" : 420}"), html);
    }

    @Test
    void thePlotScriptSeesNeitherAModuleLoaderNorMathJax() {
        assertTrue(FigureHtml.plotScript().startsWith("<script>(function () {\nvar define, module, exports, MathJax;\n"));
    }

    @Test
    void showingAFigureTwiceGivesTwoPlaces() {
        Chart chart = Charts.losses(ChartsTest.history());
        var id = Pattern.compile("div id=\"(\\w+)\"");
        var first = id.matcher(html(chart));
        var second = id.matcher(html(chart));
        assertTrue(first.find() && second.find());
        assertNotEquals(first.group(1), second.group(1));
    }

    @Test
    void thePlotScriptIsNotRepeated() {
        assertTrue(html(Charts.losses(ChartsTest.history())).length() < 30_000);
    }

    @Test
    void aNameCannotBreakOutOfThePage() {
        String nasty = "</script><b>\"&'";
        Chart chart = Charts.scatter(nasty, new double[][] {{1, 2}}, List.of(nasty), "other");
        String html = html(chart);
        assertWellFormed(html);
        assertEquals(1, html.split("</script>", -1).length - 1, html);
    }

    @Test
    void longTablesAreCutWithACount() {
        Table table = Table.create(StringColumn.create("n", java.util.stream.IntStream.range(0, 70).mapToObj(Integer::toString)));
        String html = Html.table(table, 60);
        assertTrue(html.contains("<td>59</td>") && !html.contains("<td>60</td>"), html);
        assertTrue(html.contains("10 more rows"), html);
    }

    @Test
    void outsideOfANotebookTheNumbersArePrinted() {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            Notebook.show(Charts.losses(ChartsTest.history()));
        } finally {
            System.setOut(console);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("Training losses") && text.contains("5.5"), text);
    }

    @Test
    void aTableWithoutANameIsShownAsAnyOther() {
        String html = Notebook.html(Table.create(DoubleColumn.create("AUROC", 0.5)));
        assertTrue(html.contains("AUROC") && html.contains("0.5"), html);
    }
}
