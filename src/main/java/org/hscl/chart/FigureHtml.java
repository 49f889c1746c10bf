package org.hscl.chart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tech.tablesaw.plotly.components.Figure;

/**
 * A figure as HTML: a still picture and its numbers, which every page shows, and a script that draws the interactive chart in the
 * picture's place as soon as the plot script is in the page, whenever that is.
 */
final class FigureHtml {

    private static final String PLOTLY = "/META-INF/resources/webjars/plotly.js/1.54.1/dist/plotly-cartesian.min.js";
    private static final int WIDTH = 960;

    private FigureHtml() {}

    /**
     * The HTML.
     *
     * @param id a name for it that no other figure of the page has
     */
    static String of(Figure figure, String id) {
        String script = figure.asJavascript(id).replaceAll("</?script>", "");
        String title = figure instanceof Chart chart ? chart.title() : "figure";
        String numbers = !(figure instanceof Chart chart) ? ""
                : Html.folded(title + ": the plotted numbers", Html.table(chart.numbers(), Notebook.ROWS)) + "\n";
        return of(id, title, script, numbers);
    }

    private static String of(String id, String title, String script, String numbers) {
        return String.format(Locale.ROOT, "<div id=\"%1$s\" style=\"max-width: %2$dpx\"></div>%3$s<p id=\"%1$s-note\"></p>%4$s%5$s",
                id, WIDTH, StillPicture.image(script, id), numbers, drawing(id, title, script));
    }

    /** Tablesaw's own script inside of one that waits for its place and for the plot script, until the output is cleared. */
    private static String drawing(String id, String title, String script) {
        return """
                <script>
                (function () {
                  var seen = false, tries = 0;
                  function draw() {
                    var place = document.getElementById('%1$s'), note = document.getElementById('%1$s-note');
                    if (!place && seen) return;
                    seen = seen || !!place;
                    if (!(window.Plotly && place)) {
                      if (++tries === 4 && note) note.textContent = 'Run the first cell, and this picture becomes an interactive chart.';
                      setTimeout(draw, 500);
                      return;
                    }
                    %2$s
                    document.getElementById('%1$s-still').style.display = 'none';
                    note.textContent = '';
                  }
                  draw();
                })();
                </script>
                """.formatted(id, exported(script, title).replace("</", "<\\/").strip());
    }

    /** A picture that is saved from the chart has its name, and its size on the page. */
    private static String exported(String script, String title) {
        String name = title.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-|-$", "");
        String options = String.format(Locale.ROOT, "{\"filename\" : \"%s\", \"width\" : %d, \"height\" : %d}",
                name, WIDTH, PlottedFigure.of(script).height());
        return script.replaceFirst("var config = \\{", "var config = {\n  \"toImageButtonOptions\" : " + options + ",");
    }

    /**
     * The names that it hides make Plotly set {@code window.Plotly}, also where the page has a module loader, and keep it from a
     * MathJax of a version that it does not know.
     */
    static String plotScript() {
        try (InputStream source = FigureHtml.class.getResourceAsStream(PLOTLY)) {
            if (source == null) {
                throw new IllegalStateException("The class path lacks " + PLOTLY + "; add org.webjars.bower:plotly.js:1.54.1");
            }
            String plotly = new String(source.readAllBytes(), StandardCharsets.UTF_8);
            return "<script>(function () {\nvar define, module, exports, MathJax;\n" + plotly + "\n}).call(window);</script>";
        } catch (IOException e) {
            throw new UncheckedIOException("The class path's " + PLOTLY + " cannot be read; build the project again", e);
        }
    }
}
