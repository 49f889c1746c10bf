package org.hscl.chart;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Pieces of HTML that read well with styles and without them, and that an XML parser takes. */
final class Html {

    private Html() {}

    /** The escaped name of a table; Tablesaw makes some that have none. */
    static String name(Table table) {
        return escape(Objects.requireNonNullElse(table.name(), ""));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /** A table of at most {@code limit} rows, with a line that counts the others. */
    static String table(Table table, int limit) {
        StringBuilder html = new StringBuilder("<table><thead><tr>");
        table.columns().forEach(column -> html.append("<th>").append(escape(column.name())).append("</th>"));
        html.append("</tr></thead><tbody>");
        for (int i = 0; i < Math.min(limit, table.rowCount()); i++) {
            int row = i;
            html.append(table.columns().stream()
                    .map(column -> "<td>" + escape(cell(column, row)) + "</td>")
                    .collect(Collectors.joining("", "<tr>", "</tr>")));
        }
        html.append("</tbody></table>");
        int left = table.rowCount() - limit;
        return left <= 0 ? html.toString() : html.append(String.format(Locale.ROOT, "<p>… and %,d more rows</p>", left)).toString();
    }

    /** Content that a click unfolds. The words say so where a page takes the marker away, as Notebook 6 does of what it doesn't trust. */
    static String folded(String title, String content) {
        return "<details><summary style=\"display: list-item; cursor: pointer\">%s (click to unfold)</summary>%s</details>"
                .formatted(escape(title), content);
    }

    /** Numbers to four significant digits. */
    static String cell(Column<?> column, int row) {
        Object value = column.get(row);
        if (column.isMissing(row) || value == null) {
            return "";
        }
        if (!(value instanceof Double || value instanceof Float)) {
            return value.toString();
        }
        double number = ((Number) value).doubleValue();
        boolean readable = number == 0 || Math.abs(number) >= 1e-4 && Math.abs(number) < 1e7;
        return readable
                ? new BigDecimal(number).round(new MathContext(4)).stripTrailingZeros().toPlainString()
                : String.format(Locale.ROOT, "%.2e", number);
    }

    /**
     * A picture inside the page.
     *
     * @param width in pixels of the page; whole multiples of the picture's width keep its pixels square
     */
    static String image(BufferedImage image, String description, int width) {
        return "<img width=\"%d\" style=\"image-rendering: pixelated\" alt=\"%s\" src=\"%s\"/>"
                .formatted(width, escape(description), source(image));
    }

    /** A picture as an address that holds it. */
    static String source(BufferedImage image) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException("A picture could not be coded as PNG in memory", e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }
}
