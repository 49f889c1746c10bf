package org.hscl.chart;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Config;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Font;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.components.Layout.LayoutBuilder;
import tech.tablesaw.plotly.components.Margin;
import tech.tablesaw.plotly.traces.Trace;

/** A Tablesaw figure that carries its numbers, so that a page without scripts still shows the content. */
public final class Chart extends Figure {

    private static final int HEIGHT = 420;

    /** Plotly's grid; the line through 0 means nothing more, and Tablesaw cannot turn it off. */
    private static final String GRID = "#EEEEEE";

    /** Plotly's own, which Tablesaw would set without what follows its first. */
    private static final String FONT = "\"Open Sans, verdana, arial, sans-serif\"";

    /** Inside a name. */
    static final String LINE_BREAK = "<br>";

    private final Table numbers;
    private final ObjectNode controls;

    Chart(Layout layout, Table numbers, List<? extends Trace> traces) {
        this(layout, numbers, traces, JsonNodeFactory.instance.objectNode());
    }

    /** A chart with entries of the layout that Tablesaw does not know. */
    Chart(Layout layout, Table numbers, List<? extends Trace> traces, ObjectNode controls) {
        super(layout, config(), traces.toArray(Trace[]::new));
        this.numbers = numbers.setName(layout.getTitle());
        this.controls = controls;
    }

    private static Config config() {
        return Config.builder().displayLogo(false).responsive(true).build();
    }

    /** The figure's title. */
    public String title() {
        return getLayout().getTitle();
    }

    /** Tablesaw escapes the line breaks of names, which Plotly would show. */
    @Override
    public String asJavascript(String id) {
        String script = super.asJavascript(id).replace("&lt;br&gt;", LINE_BREAK).replace("\"Open Sans\"", FONT);
        StringBuilder entries = new StringBuilder("var layout = {");
        controls.properties().forEach(entry -> entries.append("%n    %s: %s,".formatted(entry.getKey(), entry.getValue())));
        return controls.isEmpty() ? script : script.replaceFirst("var layout\\s*=\\s*\\{", Matcher.quoteReplacement(entries.toString()));
    }

    /** What is plotted, as a table of its own. */
    public Table numbers() {
        return numbers;
    }

    /** The layout that all figures share: as wide as its place, the legend at the right. */
    static LayoutBuilder layout(String title, Axis x, Axis y) {
        return Layout.builder()
                .title(title)
                .titleFont(Font.builder().size(17).build())
                .autosize(true)
                .height(HEIGHT)
                .margin(Margin.builder().left(90).right(30).top(80).bottom(75).build())
                .xAxis(x)
                .yAxis(y)
                .showLegend(true);
    }

    static Axis axis(String title) {
        return Axis.builder().title(title).zeroLineColor(GRID).build();
    }

    static Axis axis(String title, double from, double to) {
        return Axis.builder().title(title).range(from, to).zeroLineColor(GRID).build();
    }
}
