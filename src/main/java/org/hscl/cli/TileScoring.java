package org.hscl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import me.tongfei.progressbar.ProgressBar;
import org.hscl.data.DataException;
import org.hscl.data.FolderWalk;
import org.hscl.data.Picture;
import org.hscl.engine.Interruption;
import org.hscl.eval.Threshold;
import org.hscl.tiles.TileDetector;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * Scores pictures at their own size, one at a time.
 *
 * @param detector scores
 * @param threshold below it, a picture is an anomaly
 * @param images where the pictures lie
 * @param heatmaps a folder for their maps, if they are wanted
 */
record TileScoring(TileDetector detector, Threshold threshold, Path images, @Nullable Path heatmaps) {

    /** Writes a row a picture, as it comes; returns whether any picture could be read. */
    boolean run(ScoreOutput output, PrintWriter out, PrintWriter err) {
        List<Path> files = FolderWalk.of(images).files().stream()
                .filter(file -> heatmaps == null || !file.toAbsolutePath().startsWith(heatmaps.toAbsolutePath())).toList();
        if (files.isEmpty()) {
            throw new DataException("%s holds no files that may be pictures; give a folder with pictures".formatted(images));
        }
        ScoreFile file = output.file();
        if (file == null) {
            out.print(ScoreFile.HEADER);
        }
        int anomalies = 0;
        int unreadable = 0;
        try (ProgressBar bar = Progress.bar("Scoring", " files", 0, files.size(), err)) {
            for (Path picture : files) {
                Interruption.check("scoring");
                Table row = row(picture);
                anomalies += row.booleanColumn("anomaly").countTrue();
                unreadable += row.doubleColumn("score").countMissing();
                if (file != null) {
                    file.append(row);
                } else {
                    out.print(ScoreFile.text(row));
                    out.flush();
                }
                bar.step();
            }
        }
        if (file != null) {
            file.finish();
        }
        err.printf("%d files: %d anomalies, %d unreadable%n", files.size(), anomalies, unreadable);
        return unreadable < files.size();
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
