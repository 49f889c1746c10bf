package org.hscl.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hscl.chart.Report;
import org.hscl.data.DataException;
import org.hscl.data.Fit;
import org.hscl.data.LooseImages;
import org.hscl.data.SafeFiles;
import org.hscl.eval.TrainingScores;
import org.hscl.scenario.Label;
import tech.tablesaw.api.Table;

/**
 * The page that {@code hscl score --report} writes.
 *
 * @param file where to
 * @param images the folder that is scored; what lies in its folders normal and abnormal is labeled
 */
record ScoreReport(Path file, Path images) {

    private static final double SAME = 1e-4; // as close as the scores of one picture come on two devices

    /**
     * Asks before the scoring what could fail after it.
     *
     * @throws UncheckedIOException if the file cannot be written
     * @throws DataException if a picture is labeled normal and abnormal
     */
    static ScoreReport of(Path file, Path images) {
        Report.checkFile(file);
        refuseContradictions(images);
        return new ScoreReport(file, images);
    }

    private static void refuseContradictions(Path images) {
        Map<String, Path> normal = new HashMap<>();
        for (Path picture : labeled(images.resolve("normal"))) {
            normal.put(content(picture), picture);
        }
        for (Path picture : labeled(images.resolve("abnormal"))) {
            Path same = normal.get(content(picture));
            if (same != null) {
                throw new DataException("%s and %s are the same file, labeled normal and abnormal; take one of the two out"
                        .formatted(same, picture));
            }
        }
    }

    private static List<Path> labeled(Path folder) {
        return Files.isDirectory(folder) ? new LooseImages(folder, 32, Fit.CROP).files() : List.of();
    }

    private static String content(Path picture) {
        try {
            return SafeFiles.sha256(picture);
        } catch (IOException e) {
            return picture.toString(); // its row will say that it cannot be read
        }
    }

    /**
     * Writes it.
     *
     * @param remarks more sentences
     */
    void write(Scoring scoring, TrainingScores training, List<String> remarks) {
        Table all = Objects.requireNonNull(scoring.all());
        List<Report.Item> items = new ArrayList<>();
        for (int i = 0; i < all.rowCount(); i++) {
            if (!all.doubleColumn("score").isMissing(i)) {
                Path picture = Path.of(all.stringColumn("path").get(i));
                items.add(new Report.Item(picture, all.doubleColumn("score").getDouble(i), label(picture)));
            }
        }
        Report page = new Report("What HSCL says of " + images, items, scoring.threshold(), training, remarks);
        int unreadable = all.rowCount() - items.size();
        page = unreadable == 0 ? page : page.plus("%,d files could not be read as pictures.".formatted(unreadable));
        page = seen(items, training) ? page.plus("Most of the labeled pictures score exactly as pictures of the training do, so the detector "
                + "has probably seen them: what is said of them, and of how many others are anomalies, is better than it would be of new ones.") : page;
        scoring.page().accept(page, file);
    }

    private Label label(Path picture) {
        Path below = images.relativize(picture);
        return Report.label(below.getNameCount() > 1 ? below.getName(0).toString() : "");
    }

    private static boolean seen(List<Report.Item> items, TrainingScores training) {
        double[] known = training.all();
        Arrays.sort(known);
        List<Report.Item> labeled = items.stream().filter(item -> item.label() != Label.UNLABELED).toList();
        long same = labeled.stream().filter(item -> {
            int at = Arrays.binarySearch(known, item.score() - SAME);
            int next = at < 0 ? -at - 1 : at;
            return next < known.length && known[next] <= item.score() + SAME;
        }).count();
        return 2 * same > labeled.size();
    }
}
