package org.hscl.chart;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.hscl.data.ImageSet;
import org.hscl.data.LooseImages;
import org.hscl.scenario.Label;

/** A {@link Report} as HTML: sentences, figures, thumbnails in the order of the ranking; no script, nothing from elsewhere. */
final class ReportPage {

    /** Thumbnails on a page; at about 6 kB each they stay under 2 MB. */
    static final int SHOWN = 200;

    private static final int PIXELS = 112;
    private static final float QUALITY = 0.8f;

    private static final String STYLE = """
            body { font: 15px/1.5 "Open Sans", verdana, arial, sans-serif; color: #333; max-width: 1100px; margin: 2em auto; padding: 0 1em }
            h1 { font-size: 1.5em } h2 { font-size: 1.15em; margin-top: 2em }
            .charts img { max-width: 100%; height: auto; display: block; margin: .8em 0 }
            ol { display: grid; grid-template-columns: repeat(auto-fill, minmax(128px, 1fr)); gap: 12px; list-style: none; padding: 0 }
            li { font-size: 12px; line-height: 1.35; overflow-wrap: anywhere }
            li img { width: 112px; height: 112px; object-fit: contain; display: block; border: 3px solid #0072B2; margin-bottom: 3px }
            li.reported img { border-color: #D55E00 }
            """;

    private ReportPage() {}

    static String html(Report report, Function<Path, Optional<BufferedImage>> pictures) {
        List<Report.Item> shown = shown(report);
        StringBuilder html = new StringBuilder(Report.START).append("<html lang=\"en\"><head><meta charset=\"utf-8\"/><title>")
                .append(Html.escape(report.title())).append("</title><style>").append(STYLE).append("</style></head><body><h1>")
                .append(Html.escape(report.title())).append("</h1>");
        report.words().forEach(sentence -> html.append("<p>").append(Html.escape(sentence)).append("</p>"));
        html.append("<h2>Figures</h2><div class=\"charts\">");
        List<Chart> charts = report.charts();
        IntStream.range(0, charts.size()).forEach(i -> {
            String id = "figure-" + i;
            html.append(StillPicture.image(charts.get(i).asJavascript(id).replaceAll("</?script>", ""), id));
        });
        html.append("</div><h2>").append(String.format(Locale.ROOT, "The pictures, the least normal first%s",
                shown.size() < report.items().size() ? " (the first %,d of %,d)".formatted(shown.size(), report.items().size()) : ""))
                .append("</h2><p>A red frame means reported, a blue one not.</p><ol>");
        IntStream.range(0, shown.size()).forEach(i -> html.append(item(i + 1, shown.get(i), report, pictures)));
        return html.append("</ol></body></html>").toString();
    }

    private static List<Report.Item> shown(Report report) {
        return report.items().subList(0, Math.min(SHOWN, report.items().size()));
    }

    /** The pictures as squares, read at once. */
    static Function<Path, Optional<BufferedImage>> thumbnails(Report report, LooseImages pictures) {
        ImageSet read = new LooseImages(pictures.folder(), PIXELS, pictures.fit())
                .read(shown(report).stream().map(Report.Item::file).toList()).images();
        Map<String, BufferedImage> images =
                IntStream.range(0, read.count()).boxed().collect(Collectors.toMap(read.files()::get, read::image, (one, same) -> one));
        return file -> Optional.ofNullable(images.get(file.toString()));
    }

    private static String item(int rank, Report.Item item, Report report, Function<Path, Optional<BufferedImage>> pictures) {
        boolean reported = report.threshold().isAnomaly(item.score());
        Function<Label, String> known = label -> label == Label.UNLABELED ? "" : ", " + label.name().toLowerCase(Locale.ROOT);
        String name = String.valueOf(item.file().getFileName());
        String picture = pictures.apply(item.file())
                .map(thumbnail -> "<img alt=\"%s\" src=\"%s\"/>".formatted(Html.escape(name), jpeg(thumbnail)))
                .orElse("<p>could not be read again</p>");
        return String.format(Locale.ROOT, "<li%s title=\"%s\">%s<b>%,d</b> · %.3f%s<br/>%s</li>", reported ? " class=\"reported\"" : "",
                Html.escape(item.file().toString()), picture, rank, item.score(), known.apply(item.label()), Html.escape(name));
    }

    /** A JPEG is a fifth of a photograph's PNG. */
    private static String jpeg(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(QUALITY);
            writer.write(null, new IIOImage(image, null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException("A picture could not be coded as JPEG in memory", e);
        } finally {
            writer.dispose();
        }
        return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
