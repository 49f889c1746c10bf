package org.hscl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The committed outputs in a real browser, on pages that treat them as Jupyter's front ends do: JupyterLab 4 and Notebook 7 have
 * MathJax 3, which lacks the Hub of version 2; Notebook 6 has RequireJS and MathJax 2; a notebook that is not trusted runs no
 * script. With {@code -Dpictures.into=FOLDER} the pages and a screenshot of each are kept.
 */
class RenderingIT {

    private static final Pattern FIGURE = Pattern.compile("<div id=\"(figure\\w+)\"");
    private static final String KEPT = System.getProperty("pictures.into", "");

    /** Presses the slider near its end once the chart is there; a browser that dumps a page draws no frames. */
    private static final String PRESS = """
            <script>
            window.requestAnimationFrame = function (frame) { return setTimeout(frame, 10); };
            setTimeout(function () {
              var rail = document.querySelector('.slider-rail-touch-rect'), box = rail.getBoundingClientRect();
              rail.dispatchEvent(new MouseEvent('mousedown', {bubbles: true, cancelable: true, view: window,
                clientX: box.left + 0.9 * box.width, clientY: box.top + box.height / 2}));
            }, 4000);
            </script>
            """;

    /** What the front ends put on the page before a notebook's outputs. */
    enum FrontEnd {
        LAB("window.MathJax = {version: '3.2.2', startup: {promise: Promise.resolve()}, typesetPromise: function () {}};"),
        NOTEBOOK6("""
                window.define = function () {}; window.define.amd = {}; window.require = function () {};
                window.MathJax = {version: '2.7.8', Hub: {Config: function () {}, Queue: function () {}, Configured: function () {}}};
                """);

        private final String script;

        FrontEnd(String script) {
            this.script = script;
        }
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "LAB, TRUSTED", "LAB, UNTRUSTED", "LAB, FIRST_CLEARED", "LAB, FIRST_LAST", "NOTEBOOK6, TRUSTED", "NOTEBOOK6, UNTRUSTED",
        "NOTEBOOK6, FIRST_CLEARED"
    })
    void everyChartIsDrawnOrStandsAsAStillPicture(FrontEnd frontEnd, State state) throws Exception {
        String chromium = chromium();
        for (Notebook notebook : Notebook.all()) {
            List<String> outputs = new ArrayList<>(html(notebook));
            Matcher figure = FIGURE.matcher(String.join("", outputs));
            int figures = (int) figure.results().count();
            String page = page(frontEnd, state.of(outputs), state == State.UNTRUSTED);
            String name = "%s-%s-%s".formatted(notebook.name(), frontEnd, state).toLowerCase(Locale.ROOT);
            String shown = rendered(chromium, name, page);
            int drawn = count(shown, "class=\"[^\"]*js-plotly-plot");
            int still = count(shown, "<img id=\"figure\\w+-still\"(?![^>]*display: none)");
            boolean scripts = state == State.TRUSTED || state == State.FIRST_LAST;
            assertEquals(scripts ? figures : 0, drawn, name + ": drawn charts");
            assertEquals(scripts ? 0 : figures, still, name + ": still pictures");
            assertEquals(state == State.FIRST_CLEARED ? figures : 0, count(shown, ">Run the first cell, and this picture"), name);
        }
    }

    @Test
    void aSliderMovesWithoutAKernel() throws Exception {
        String chromium = chromium();
        int moved = 0;
        for (FrontEnd frontEnd : FrontEnd.values()) {
            for (Notebook notebook : Notebook.all()) {
                List<String> outputs = html(notebook);
                List<String> sliders = outputs.stream().filter(output -> output.contains(" sliders: [{")).toList();
                if (!sliders.isEmpty()) {
                    String page = page(frontEnd, List.of(outputs.get(0), sliders.get(0)), false);
                    String name = "%s-%s-slider".formatted(notebook.name(), frontEnd).toLowerCase(Locale.ROOT);
                    String before = place(rendered(chromium, name, page));
                    String after = rendered(chromium, name + "-moved", page + PRESS);
                    assertNotEquals(before, place(after), name);
                    assertTrue(count(after, "class=\"(legendtext|gtitle)[^>]*data-unformatted=\"" + Pattern.quote(place(after))) > 0,
                            name + ": the chart says what the slider says, " + place(after));
                    moved++;
                }
            }
        }
        assertTrue(moved > 0, "no notebook has a slider");
    }

    /** Where a slider stands, in its own words. */
    private static String place(String shown) {
        Matcher label = Pattern.compile("class=\"slider-label [^>]*data-unformatted=\"([^\"]+)").matcher(shown);
        assertTrue(label.find(), "a slider is drawn");
        return label.group(1);
    }

    /** In which state a notebook is when it is looked at. */
    enum State {
        TRUSTED,
        UNTRUSTED,
        FIRST_CLEARED,
        /** A front end may show outputs in any order. */
        FIRST_LAST;

        List<String> of(List<String> outputs) {
            List<String> shown = new ArrayList<>(outputs);
            String first = shown.remove(0);
            assertTrue(first.contains("var define, module, exports, MathJax;"), "the first output is the plot script");
            switch (this) {
                case FIRST_CLEARED -> { }
                case FIRST_LAST -> shown.add(first);
                default -> shown.add(0, first);
            }
            return shown;
        }
    }

    private static List<String> html(Notebook notebook) {
        List<String> outputs = new ArrayList<>();
        for (JsonNode cell : notebook.codeCells()) {
            for (JsonNode output : cell.get("outputs")) {
                JsonNode html = output.at("/data/text~1html");
                StringBuilder text = new StringBuilder(html.isTextual() ? html.asText() : "");
                html.forEach(line -> text.append(line.asText()));
                if (!text.isEmpty()) {
                    outputs.add(text.toString());
                }
            }
        }
        return outputs;
    }

    private static String page(FrontEnd frontEnd, List<String> outputs, boolean sanitized) {
        StringBuilder page = new StringBuilder("<!doctype html><meta charset=\"utf-8\"><style>summary {display: block}</style><script>")
                .append(frontEnd.script).append("</script><body>");
        for (String output : outputs) {
            page.append("<div class=\"output\">")
                    .append(sanitized ? output.replaceAll("(?s)<script.*?</script>", "") : output)
                    .append("</div>\n");
        }
        return page.toString();
    }

    private String rendered(String chromium, String name, String page) throws IOException, InterruptedException {
        Path into = KEPT.isEmpty() ? folder : Files.createDirectories(Path.of(KEPT));
        Path file = Files.writeString(into.resolve(name + ".html"), page);
        List<String> options = List.of(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                "--user-data-dir=" + folder.resolve("profile"), "--virtual-time-budget=20000", "--window-size=1280,6000");
        if (!KEPT.isEmpty()) {
            browse(options, "--screenshot=" + into.resolve(name + ".png"), file);
        }
        return browse(options, "--dump-dom", file);
    }

    private static String browse(List<String> options, String action, Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(options);
        command.addAll(List.of(action, file.toUri().toString()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    private static int count(String text, String pattern) {
        return (int) Pattern.compile(pattern).matcher(text).results().count();
    }

    private static String chromium() {
        Optional<String> found = Stream.of("chromium", "chromium-browser", "google-chrome")
                .filter(name -> Stream.of(System.getenv("PATH").split(":")).anyMatch(dir -> Files.isExecutable(Path.of(dir, name))))
                .findFirst();
        assumeTrue(found.isPresent(), "there is no Chromium to draw the notebooks in; install chromium");
        return found.get();
    }
}
