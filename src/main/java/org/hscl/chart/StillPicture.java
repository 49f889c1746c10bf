package org.hscl.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hscl.chart.PlottedFigure.PlottedTrace;

/** A figure as SVG, for pages on which no script runs: lines, steps, areas, points and bars, with axes and a legend. */
final class StillPicture {

    private static final int WIDTH = 900;
    private static final int LEFT = 90;
    private static final int TOP = 50;
    private static final int BOTTOM = 70;
    private static final double CHARACTER = 6.3; // of the legend's type, on average
    private static final int LINE = 17;
    private static final double BARS = 0.8; // of a category's place

    private final PlottedFigure figure;
    private final PlottedAxis x;
    private final PlottedAxis y;
    private final int legend;
    private final Svg svg;

    private StillPicture(PlottedFigure figure) {
        this.figure = figure;
        x = figure.axis("x");
        y = figure.axis("y");
        int longest = figure.traces().stream().filter(PlottedTrace::isInLegend)
                .flatMap(trace -> Stream.of(trace.name().split(Chart.LINE_BREAK))).mapToInt(String::length).max().orElse(0);
        svg = new Svg(WIDTH, figure.height());
        legend = longest == 0 ? 20 : (int) Math.min(330, 50 + CHARACTER * longest);
    }

    /** An image element with the picture inside. */
    static String image(String script, String id) {
        PlottedFigure figure = PlottedFigure.of(script);
        String coded = Base64.getEncoder().encodeToString(new StillPicture(figure).draw().getBytes(StandardCharsets.UTF_8));
        return "<img id=\"%s-still\" width=\"%s\" style=\"max-width: 100%%\" alt=\"%s\" src=\"data:image/svg+xml;base64,%s\"/>"
                .formatted(id, Svg.n(WIDTH), Html.escape(figure.title()), coded);
    }

    private String draw() {
        svg.text(LEFT + plotWidth() / 2.0, 28, "middle", figure.title(), "font-size=\"17\"");
        axes();
        svg.add("<clipPath id=\"plot\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/></clipPath><g clip-path=\"url(#plot)\">",
                LEFT - 4, TOP - 4, plotWidth() + 8, figure.height() - TOP - BOTTOM + 8);
        bars();
        PlottedTrace before = null;
        for (PlottedTrace trace : figure.traces()) {
            if (!trace.isBar()) {
                scatter(trace, before);
            }
            before = trace;
        }
        figure.layout().path("images").forEach(this::picture);
        svg.add("</g>");
        legend();
        return svg.end();
    }

    /** A small picture that hangs at the middle of its upper edge. */
    private void picture(JsonNode picture) {
        double width = across(picture.path("sizex").asDouble()) - across(0);
        double height = down(0) - down(picture.path("sizey").asDouble());
        svg.add("<image x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" href=\"%s\"/>", Svg.n(across(picture.path("x").asDouble()) - width / 2),
                Svg.n(down(picture.path("y").asDouble())), Svg.n(width), Svg.n(height), Html.escape(picture.path("source").asText()));
    }

    private int plotWidth() {
        return WIDTH - LEFT - legend;
    }

    private double across(double value) {
        return LEFT + x.share(value) * plotWidth();
    }

    private double down(double value) {
        return figure.height() - BOTTOM - y.share(value) * (figure.height() - TOP - BOTTOM);
    }

    private void axes() {
        int bottom = figure.height() - BOTTOM;
        boolean turned = x.words().stream().mapToInt(String::length).max().orElse(0) * CHARACTER * x.words().size() > plotWidth();
        for (PlottedAxis.Tick tick : x.ticks()) {
            double at = across(tick.at());
            svg.add("<path d=\"M%s %d V%d\" stroke=\"#eee\"/>", Svg.n(at), TOP, bottom);
            svg.text(at, bottom + 16, turned ? "end" : "middle", tick.text(),
                    turned ? "transform=\"rotate(-25 %s %s)\"".formatted(Svg.n(at), Svg.n(bottom + 16)) : "");
        }
        for (PlottedAxis.Tick tick : y.ticks()) {
            double at = down(tick.at());
            svg.add("<path d=\"M%d %s H%d\" stroke=\"#eee\"/>", LEFT, Svg.n(at), LEFT + plotWidth());
            svg.text(LEFT - 6, at + 4, "end", tick.text(), "");
        }
        svg.add("<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"#888\"/>", LEFT, TOP, bottom, LEFT + plotWidth());
        svg.text(LEFT + plotWidth() / 2.0, figure.height() - 14, "middle", x.title(), "font-size=\"14\"");
        svg.text(22, (TOP + bottom) / 2.0, "middle", y.title(), "font-size=\"14\" transform=\"rotate(-90 22 %s)\"".formatted(Svg.n((TOP + bottom) / 2.0)));
    }

    /** Bars of several traces stand side by side, or on each other. */
    private void bars() {
        List<PlottedTrace> all = figure.traces().stream().filter(PlottedTrace::isBar).toList();
        Map<Double, Double> stacked = new HashMap<>();
        double width = BARS / (figure.isStacked() ? 1 : Math.max(1, all.size()));
        for (int i = 0; i < all.size(); i++) {
            PlottedTrace trace = all.get(i);
            boolean flat = trace.isHorizontal();
            List<String> places = trace.words(flat ? "y" : "x");
            double[] values = trace.numbers(flat ? "x" : "y");
            for (int j = 0; j < values.length; j++) {
                double place = (flat ? y : x).place(places.get(j));
                double start = place - BARS / 2 + (figure.isStacked() ? 0 : i * width);
                double base = figure.isStacked() ? stacked.getOrDefault(place, 0.0) : 0;
                stacked.merge(place, values[j], Double::sum);
                bar(trace.color(), flat, start, start + width, base, base + values[j]);
            }
        }
    }

    private void bar(String color, boolean flat, double start, double end, double base, double value) {
        PlottedAxis along = flat ? x : y;
        double from = Double.isNaN(along.share(base)) ? 0 : along.share(base); // a logarithm has no zero
        double to = Double.isNaN(along.share(value)) ? 0 : along.share(value);
        double low = Math.min(from, to);
        double length = Math.abs(to - from);
        if (flat) {
            double top = Math.min(down(start), down(end));
            svg.rect(LEFT + low * plotWidth(), top, length * plotWidth(), Math.abs(down(end) - down(start)), color);
        } else {
            int room = figure.height() - TOP - BOTTOM;
            svg.rect(across(start), figure.height() - BOTTOM - (low + length) * room, across(end) - across(start), length * room, color);
        }
    }

    private void scatter(PlottedTrace trace, PlottedTrace before) {
        List<double[]> points = points(trace);
        String mode = trace.node().path("mode").asText("lines");
        String path = path(points, trace.node().path("line").path("shape").asText().equals("hv"));
        if (!trace.fill().isEmpty() && points.size() > 1) {
            String color = trace.node().path("fillcolor").asText(trace.color());
            svg.add("<path d=\"%s\" fill=\"%s\"/>", area(trace, before, points, path), Html.escape(color));
        }
        double width = trace.node().path("line").path("width").asDouble(2);
        if (mode.contains("lines") && width > 0) {
            String dash = switch (trace.node().path("line").path("dash").asText()) {
                case "dot" -> " stroke-dasharray=\"2 4\"";
                case "dash" -> " stroke-dasharray=\"9 6\"";
                default -> "";
            };
            svg.add("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"%s/>", path, Html.escape(trace.color()), Svg.n(width), dash);
        }
        if (mode.contains("markers")) {
            points.forEach(point -> marker(trace, point[0], point[1]));
        }
    }

    private List<double[]> points(PlottedTrace trace) {
        List<String> places = trace.words("x");
        double[] values = trace.numbers("y");
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < Math.min(places.size(), values.length); i++) {
            double[] point = {across(x.place(places.get(i))), down(values[i])};
            if (Double.isFinite(point[0]) && Double.isFinite(point[1])) {
                points.add(point);
            }
        }
        return points;
    }

    private static String path(List<double[]> points, boolean steps) {
        StringBuilder path = new StringBuilder();
        for (double[] point : points) {
            path.append(path.isEmpty() ? "M" : steps ? "H" + Svg.n(point[0]) + "V" : "L");
            path.append(path.length() > 1 && steps ? Svg.n(point[1]) : Svg.n(point[0]) + " " + Svg.n(point[1]));
        }
        return path.toString();
    }

    /** Down to zero, or back along the trace before. */
    private String area(PlottedTrace trace, PlottedTrace before, List<double[]> points, String path) {
        StringBuilder area = new StringBuilder(path);
        if (trace.fill().equals("tonexty") && before != null) {
            List<double[]> back = new ArrayList<>(points(before));
            Collections.reverse(back);
            back.forEach(point -> area.append("L").append(Svg.n(point[0])).append(' ').append(Svg.n(point[1])));
        } else {
            double zero = Math.min(figure.height() - BOTTOM, down(Math.max(0, y.log() ? Math.pow(10, y.from()) : 0)));
            area.append("V").append(Svg.n(zero)).append("H").append(Svg.n(points.get(0)[0]));
        }
        return area.append("Z").toString();
    }

    private void marker(PlottedTrace trace, double at, double under) {
        JsonNode marker = trace.node().path("marker");
        svg.marker(marker.path("symbol").asText("circle"), at, under, marker.path("size").asDouble(6) / 2,
                marker.path("color").asText(trace.color()), marker.path("opacity").asDouble(1));
    }

    private void legend() {
        int left = LEFT + plotWidth() + 14;
        int line = TOP + 10;
        for (PlottedTrace trace : figure.traces()) {
            if (!trace.isInLegend() || line > figure.height() - 10) {
                continue;
            }
            if (!trace.isBar() && trace.node().path("mode").asText().equals("markers")) {
                marker(trace, left + 8, line - 4);
            } else {
                svg.rect(left, line - (trace.isBar() ? 10 : 5), 16, trace.isBar() ? 10 : 3, trace.color());
            }
            for (String part : trace.name().split(Chart.LINE_BREAK)) {
                svg.text(left + 22, line, "start", part, "");
                line += LINE;
            }
        }
    }

}
