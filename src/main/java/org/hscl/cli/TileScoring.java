package org.hscl.cli;

import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.hscl.data.DataException;
import org.hscl.data.Picture;
import org.hscl.engine.Interruption;
import org.hscl.eval.Threshold;
import org.hscl.tiles.TileDetector;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * Scores pictures at their own size.
 *
 * @param detector scores
 * @param threshold below it, a picture is an anomaly
 * @param images where the pictures lie
 * @param heatmaps a folder for their maps, if they are wanted
 */
record TileScoring(TileDetector detector, Threshold threshold, Path images, @Nullable Path heatmaps) {

    /** What a report says of the maps. */
    static final String REMARK = "Where a picture is red, its score is below the threshold, the redder the lower.";

    private static final int AT_ONCE = 8; // a picture at its own size takes as long as many squares

    private static final int THUMBNAIL = 160; // pixels of the longer side

    /**
     * These pictures, with maps in their report.
     *
     * @param all takes every row, if it is there
     */
    Scoring of(List<Path> files, @Nullable Table all) {
        return new Scoring(this::rows, AT_ONCE, threshold, (report, file) -> report.write(file, this::thumbnail), files, all);
    }

    private Table rows(List<Path> files) {
        Table rows = ScoreFile.none();
        files.forEach(file -> rows.append(row(file)));
        return rows;
    }

    /** A report shows some hundred pictures: their maps are computed again, instead of kept for all that are scored. */
    private Optional<BufferedImage> thumbnail(Path file) {
        try {
            Picture picture = Picture.read(file);
            BufferedImage map = detector.find(picture).map().overlay(picture, threshold.score());
            double scale = Math.min(1, (double) THUMBNAIL / Math.max(map.getWidth(), map.getHeight()));
            int width = Math.max(1, (int) Math.round(scale * map.getWidth()));
            int height = Math.max(1, (int) Math.round(scale * map.getHeight()));
            BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            small.getGraphics().drawImage(map.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
            return Optional.of(small);
        } catch (DataException e) {
            return Optional.empty(); // the page says that it could not be read again
        }
    }

    private Table row(Path file) {
        Table row = ScoreFile.none();
        row.stringColumn("path").append(file.toString());
        Picture picture;
        try {
            picture = Picture.read(file);
        } catch (DataException e) {
            Interruption.check("scoring"); // an interruption makes files look unreadable
            row.doubleColumn("score").appendMissing();
            row.booleanColumn("anomaly").appendMissing();
            row.stringColumn("error").append(String.valueOf(e.getMessage()));
            return row;
        }
        double score = heatmaps == null ? detector.score(picture) : mapped(picture, heatmaps);
        row.doubleColumn("score").append(score);
        row.booleanColumn("anomaly").append(threshold.isAnomaly(score));
        row.stringColumn("error").append("");
        return row;
    }

    /** Two pictures of one name have maps of two: the name keeps the ending. */
    private double mapped(Picture picture, Path folder) {
        TileDetector.Finding finding = detector.find(picture);
        Path place = folder.resolve(images.relativize(picture.file()) + ".png");
        try {
            Files.createDirectories(Objects.requireNonNull(place.getParent()));
            ImageIO.write(finding.map().overlay(picture, threshold.score()), "png", place.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("the heat map %s cannot be written: %s".formatted(place, e.getMessage()), e);
        }
        return finding.score();
    }
}
