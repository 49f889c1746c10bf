package org.hscl.chart;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.hscl.data.ImageSet;

/**
 * Pictures in named rows, each picture with its caption. Where a row has no captions, one picture holds the whole row.
 *
 * @param title what is shown
 * @param rows from the top
 */
public record Pictures(String title, List<Row> rows) {

    private static final int GAP = 2;

    /** Width of an image on the page, about; small images are enlarged by a whole factor. */
    private static final int TARGET = 64;

    /** Copies the list. */
    public Pictures {
        rows = List.copyOf(rows);
    }

    /**
     * A row.
     *
     * @param name shown at the left; may be empty
     * @param tiles from the left
     */
    public record Row(String name, List<Tile> tiles) {

        /** Copies the list. */
        public Row {
            tiles = List.copyOf(tiles);
        }
    }

    /**
     * A picture.
     *
     * @param image its pixels
     * @param caption shown below; may be empty
     * @param scale how many times it is enlarged
     */
    public record Tile(BufferedImage image, String caption, int scale) {}

    static Tile tile(ImageSet images, int row, String caption) {
        return new Tile(images.image(row), caption, scale(images));
    }

    static Row row(String name, ImageSet images) {
        return new Row(name, List.of(new Tile(joined(images), "", scale(images))));
    }

    private static int scale(ImageSet images) {
        return Math.max(1, TARGET / images.size());
    }

    /** An image, made smaller if it is larger than a number of pixels. */
    static BufferedImage atMost(int pixels, BufferedImage image) {
        if (image.getWidth() <= pixels) {
            return image;
        }
        BufferedImage small = new BufferedImage(pixels, Math.max(1, image.getHeight() * pixels / image.getWidth()), BufferedImage.TYPE_INT_RGB);
        var pen = small.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(image, 0, 0, small.getWidth(), small.getHeight(), null);
        pen.dispose();
        return small;
    }

    /** All images side by side on white. */
    private static BufferedImage joined(ImageSet images) {
        int step = images.size() + GAP;
        BufferedImage row =
                new BufferedImage(Math.max(1, images.count() * step - GAP), images.size(), BufferedImage.TYPE_INT_RGB);
        var pen = row.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, row.getWidth(), row.getHeight());
        IntStream.range(0, images.count()).forEach(i -> pen.drawImage(images.image(i), i * step, 0, null));
        pen.dispose();
        return row;
    }

    /** The pictures as a table of HTML; the data is inside. */
    String html() {
        StringBuilder html = new StringBuilder("<p><b>").append(Html.escape(title)).append("</b></p><table><tbody>");
        for (Row row : rows) {
            html.append("<tr>");
            if (!row.name().isEmpty()) {
                html.append("<th style=\"text-align: left\">").append(Html.escape(row.name())).append("</th>");
            }
            row.tiles().forEach(tile -> html.append(cell(tile, row)));
            html.append("</tr>");
        }
        return html.append("</tbody></table>").toString();
    }

    private String cell(Tile tile, Row row) {
        String description = tile.caption().isEmpty() ? title + ": " + row.name() : tile.caption();
        String picture = Html.image(tile.image(), description, tile.image().getWidth() * tile.scale());
        String caption = tile.caption().isEmpty() ? "" : "<br/>" + Html.escape(tile.caption()).replace("\n", "<br/>");
        String align = row.tiles().size() > 1 ? "center" : "left";
        return "<td style=\"text-align: %s\">%s%s</td>".formatted(align, picture, caption);
    }

    /** Titles and captions, for a terminal. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(title);
        for (Row row : rows) {
            text.append("\n  ").append(row.name());
            row.tiles().forEach(tile -> text.append("  [").append(tile.caption().replace("\n", ", ")).append(']'));
        }
        return text.toString();
    }
}
