package org.hscl.chart;

import java.util.List;
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

    Chart(Layout layout, Table numbers, List<? extends Trace> traces) {
        super(layout, config(), traces.toArray(Trace[]::new));
        this.numbers = numbers.setName(layout.getTitle());
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
        return super.asJavascript(id).replace("&lt;br&gt;", LINE_BREAK).replace("\"Open Sans\"", FONT);
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
        return Axis.builder().title(title).range(from, to).build();
    }
}
