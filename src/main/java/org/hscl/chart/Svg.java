package org.hscl.chart;

import java.util.Locale;

/** An SVG picture in the making. */
final class Svg {

    private final StringBuilder text = new StringBuilder();

    /** White, of a size in pixels. */
    Svg(int width, int height) {
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
                + "font-family=\"Open Sans, verdana, arial, sans-serif\" font-size=\"12\" fill=\"#444\">", width, height, width, height);
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    }

    /** Adds an element. */
    void add(String element, Object... values) {
        text.append(String.format(Locale.ROOT, element, values));
    }

    void rect(double left, double top, double width, double height, String color) {
        add("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>", n(left), n(top), n(width), n(height), Html.escape(color));
    }

    /** Adds a point; {@code size} is half its width. */
    void marker(String symbol, double at, double under, double size, String color, double opacity) {
        String look = "fill=\"%s\" opacity=\"%s\"".formatted(Html.escape(color), Double.toString(opacity));
        switch (symbol) {
            case "triangle-up" -> add("<path d=\"M%s %sl%s %sh%sz\" %s/>", n(at), n(under - size), n(size), n(2 * size), n(-2 * size), look);
            case "x", "cross" -> add("<path d=\"M%s %sl%s %sm0 %sl%s %s\" stroke-width=\"2\" stroke=\"%s\" %s/>", n(at - size), n(under - size),
                    n(2 * size), n(2 * size), n(-2 * size), n(-2 * size), n(2 * size), Html.escape(color), look);
            case "square" -> rect(at - size, under - size, 2 * size, 2 * size, color);
            default -> add("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" %s/>", n(at), n(under), n(size), look);
        }
    }

    /** Adds a line of text; {@code more} are attributes. */
    void text(double at, double under, String anchor, String line, String more) {
        add("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" %s>%s</text>", n(at), n(under), anchor, more, Html.escape(line));
    }

    /** The whole picture. */
    String end() {
        return text.append("</svg>").toString();
    }

    /** A length to a tenth of a pixel. */
    static String n(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
