package org.hscl.chart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.Trace;

/**
 * A slider below a chart, drawn by the plot script itself. What it shows at each place is computed beforehand and is in the page,
 * so that it moves in a saved notebook without a kernel.
 */
final class Slider {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Below the title of the axis, in pixels. */
    private static final int BELOW = 65;

    private final ArrayNode steps = JSON.arrayNode();
    private final String prefix;

    /** An empty one, which says the prefix and the label of the place where it stands. */
    Slider(String prefix) {
        this.prefix = prefix;
    }

    /**
     * Adds a place.
     *
     * @param trace which trace changes, from 0
     * @param changes its new values by name; lists stay lists
     * @param title the chart's new title
     */
    void add(String label, int trace, ObjectNode changes, String title) {
        ArrayNode arguments = JSON.arrayNode();
        ObjectNode wrapped = JSON.objectNode(); // the plot script takes one value a trace
        changes.properties().forEach(change -> wrapped.putArray(change.getKey()).add(change.getValue()));
        arguments.add(wrapped).add(JSON.objectNode().put("title", title)).add(JSON.arrayNode().add(trace));
        steps.add(JSON.objectNode().put("label", label).put("method", "update").set("args", arguments));
    }

    /** The entry of a layout. */
    ArrayNode at(int active) {
        ObjectNode slider = JSON.objectNode().put("active", active);
        slider.putObject("currentvalue").put("prefix", prefix);
        slider.putObject("pad").put("t", BELOW);
        slider.set("steps", steps);
        return JSON.arrayNode().add(slider);
    }

    /**
     * A chart with this slider.
     *
     * @param active the place at which it stands first, from 0; the traces show the same
     * @param images small pictures in the plot, by the plot script's names
     */
    Chart chart(Layout layout, Table numbers, List<? extends Trace> traces, int active, ArrayNode images) {
        ObjectNode controls = JSON.objectNode();
        controls.set("sliders", at(active));
        controls.set("images", images);
        return new Chart(layout, numbers, traces, controls);
    }

    static ArrayNode list(double... values) {
        ArrayNode list = JSON.arrayNode();
        for (double value : values) {
            list.add(Double.isFinite(value) ? JSON.numberNode(value) : JSON.nullNode());
        }
        return list;
    }
}
