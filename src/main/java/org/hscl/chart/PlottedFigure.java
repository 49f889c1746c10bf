package org.hscl.chart;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.commons.text.StringEscapeUtils;

/**
 * A figure as its script describes it to Plotly, read back, so that the still picture and the interactive chart show the same.
 *
 * @param layout title, height, axes
 * @param traces what is drawn, in order
 */
record PlottedFigure(JsonNode layout, List<PlottedTrace> traces) {

    /** Tablesaw writes JavaScript, which is laxer than JSON. */
    private static final JsonMapper JAVASCRIPT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES, JsonReadFeature.ALLOW_SINGLE_QUOTES,
                    JsonReadFeature.ALLOW_TRAILING_COMMA, JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS,
                    JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .build();

    private static final Pattern VARIABLE = Pattern.compile("var (layout|trace\\d+)\\s*=\\s*(?=\\{)");

    /** Of a figure's script. */
    static PlottedFigure of(String script) {
        JsonNode layout = JAVASCRIPT.createObjectNode();
        List<PlottedTrace> traces = new ArrayList<>();
        try {
            for (Matcher variable = VARIABLE.matcher(script); variable.find(); ) {
                JsonNode value = JAVASCRIPT.readTree(JAVASCRIPT.createParser(script.substring(variable.end())));
                if (variable.group(1).equals("layout")) {
                    layout = value;
                } else {
                    traces.add(new PlottedTrace(value));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A figure's script cannot be read: " + e.getMessage(), e);
        }
        return new PlottedFigure(layout, traces);
    }

    String title() {
        return StringEscapeUtils.unescapeHtml4(layout.path("title").asText());
    }

    int height() {
        return layout.path("height").asInt(420);
    }

    boolean isStacked() {
        return layout.path("barmode").asText().equals("stack");
    }

    /** One axis of the figure, {@code x} or {@code y}. */
    PlottedAxis axis(String name) {
        JsonNode axis = layout.path(name + "axis");
        PlottedAxis upward = upward(axis, name);
        return axis.path("autorange").asText().equals("reversed") ? upward.reversed() : upward;
    }

    private PlottedAxis upward(JsonNode axis, String name) {
        boolean log = axis.path("type").asText().equals("log");
        String title = StringEscapeUtils.unescapeHtml4(axis.path("title").asText());
        Set<String> words = new LinkedHashSet<>();
        traces.stream().filter(trace -> !trace.isNumeric(name)).forEach(trace -> words.addAll(trace.words(name)));
        if (!words.isEmpty()) {
            return new PlottedAxis(title, false, -0.5, words.size() - 0.5, List.copyOf(words));
        }
        double[] range = axis.has("range")
                ? new double[] {axis.path("range").path(0).asDouble(), axis.path("range").path(1).asDouble()}
                : range(name, log);
        return new PlottedAxis(title, log, range[0], range[1], List.of());
    }

    /** What the values take, with a little room; bars and filled areas stand on zero. */
    private double[] range(String name, boolean log) {
        DoubleStream values = traces.stream().flatMapToDouble(trace -> trace.extent(name));
        double[] all = (isStacked() ? DoubleStream.concat(values, sums(name)) : values).filter(v -> !log || v > 0)
                .map(v -> log ? Math.log10(v) : v).filter(Double::isFinite).toArray();
        double low = Arrays.stream(all).min().orElse(0);
        double high = Arrays.stream(all).max().orElse(1);
        double room = high == low ? 1 : 0.05 * (high - low);
        boolean grounded = !log && low == 0 && traces.stream().anyMatch(trace -> trace.standsOn(name));
        return new double[] {grounded ? 0 : low - room, high + room};
    }

    /** How high bars on each other reach. */
    private DoubleStream sums(String name) {
        List<double[]> bars = traces.stream().filter(trace -> trace.isBar() && trace.standsOn(name)).map(t -> t.numbers(name)).toList();
        int places = bars.stream().mapToInt(values -> values.length).max().orElse(0);
        return IntStream.range(0, places).mapToDouble(i -> bars.stream().filter(v -> i < v.length).mapToDouble(v -> v[i]).sum());
    }

    /**
     * One trace.
     *
     * @param node as Plotly gets it
     */
    record PlottedTrace(JsonNode node) {

        boolean isBar() {
            return node.path("type").asText().equals("bar");
        }

        boolean isHorizontal() {
            return node.path("orientation").asText().equals("h");
        }

        /** Whether bars or an area of this trace start at zero of an axis. */
        boolean standsOn(String axis) {
            return isBar() ? axis.equals(isHorizontal() ? "x" : "y") : axis.equals("y") && fill().equals("tozeroy");
        }

        String fill() {
            return node.path("fill").asText();
        }

        String name() {
            return StringEscapeUtils.unescapeHtml4(node.path("name").asText());
        }

        boolean isInLegend() {
            return node.path("showlegend").asBoolean(true) && !name().isEmpty();
        }

        String color() {
            String line = node.path("line").path("color").asText();
            return line.isEmpty() ? node.path("marker").path("color").asText("#0072B2") : line;
        }

        List<String> words(String axis) {
            return StreamSupport.stream(node.path(axis).spliterator(), false).map(JsonNode::asText).map(StringEscapeUtils::unescapeHtml4)
                    .toList();
        }

        boolean isNumeric(String axis) {
            return words(axis).stream().allMatch(word -> Double.isFinite(number(word)) || word.equals("NaN"));
        }

        double[] numbers(String axis) {
            return words(axis).stream().mapToDouble(PlottedTrace::number).toArray();
        }

        DoubleStream extent(String axis) {
            DoubleStream values = Arrays.stream(numbers(axis));
            return standsOn(axis) ? DoubleStream.concat(values, DoubleStream.of(0)) : values;
        }

        private static double number(String word) {
            try {
                return Double.parseDouble(word);
            } catch (NumberFormatException e) {
                return Double.NaN; // a word
            }
        }
    }
}
