package org.hscl.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import me.tongfei.progressbar.ProgressBar;
import org.hscl.chart.Report;
import org.hscl.data.DataException;
import org.hscl.data.LooseImages;
import org.hscl.data.LooseImages.ImageRow;
import org.hscl.detect.NormalityModel;
import org.hscl.engine.Interruption;
import org.hscl.eval.Threshold;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import tech.tablesaw.selection.Selection;

/**
 * Files to be scored, batch by batch: memory is needed for a batch only.
 *
 * @param scorer reads and scores some files: a row each, in order
 * @param atOnce files a batch
 * @param threshold below it, a picture is an anomaly
 * @param page writes a report to a file, with the pictures as they were scored
 * @param files all of them, in order
 * @param all takes every row, the earlier ones included, if it is there: a report needs them all at once
 */
record Scoring(Function<List<Path>, Table> scorer, int atOnce, Threshold threshold, BiConsumer<Report, Path> page, List<Path> files,
        @Nullable Table all) {

    private static final int AT_ONCE = 128;

    /** Scores in two precisions differ by some thousandths, those of two detectors by far more. */
    private static final double SAME = 5e-3;

    /** Pictures as squares, which a model scores many at a time. */
    static Scoring of(NormalityModel model, Threshold threshold, LooseImages loose, List<Path> files, @Nullable Table all) {
        return new Scoring(some -> rows(model, threshold, loose, some), AT_ONCE, threshold, (report, file) -> report.write(file, loose), files, all);
    }

    /**
     * Scores the files that have no row yet.
     *
     * @param earlier rows of an earlier run
     * @param out takes the rows of each batch, as soon as it is done
     * @param err is shown how far it has come
     * @return the counts of all rows, the earlier ones included
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; what {@code out} took is whole
     */
    Tally run(Table earlier, Consumer<Table> out, PrintWriter err) {
        Set<String> done = new HashSet<>(earlier.stringColumn("path").asList());
        List<Path> left = files.stream().filter(file -> !done.contains(file.toString())).toList();
        Tally tally = new Tally();
        tally.add(earlier);
        keep(earlier);
        try (ProgressBar bar = Progress.bar("Scoring", " files", files.size() - left.size(), files.size(), err)) {
            for (int start = 0; start < left.size(); start += atOnce) {
                Table rows = scorer.apply(left.subList(start, Math.min(start + atOnce, left.size())));
                out.accept(rows);
                tally.add(rows);
                keep(rows);
                bar.stepBy(rows.rowCount());
            }
        }
        return tally;
    }

    private void keep(Table rows) {
        if (all != null) {
            all.append(rows);
        }
    }

    private static Table rows(NormalityModel model, Threshold threshold, LooseImages loose, List<Path> some) {
        LooseImages.Batch batch = loose.read(some);
        Interruption.check("scoring"); // an interruption makes files look unreadable
        double[] scores = batch.images().count() == 0 ? new double[0] : model.score(batch.images());
        Table rows = ScoreFile.none();
        int next = 0;
        for (ImageRow row : batch.rows()) {
            rows.stringColumn("path").append(row.file().toString());
            rows.stringColumn("error").append(row.reason());
            if (row.readable()) {
                rows.doubleColumn("score").append(scores[next]);
                rows.booleanColumn("anomaly").append(threshold.isAnomaly(scores[next++]));
            } else {
                rows.doubleColumn("score").appendMissing();
                rows.booleanColumn("anomaly").appendMissing();
            }
        }
        return rows;
    }

    /**
     * Refuses rows of another detector, threshold, shape or folder: scores some of their files again.
     *
     * @param where they were read from
     * @throws DataException if they do not fit
     */
    void check(Table earlier, Path where) {
        Set<String> names = new HashSet<>(files.stream().map(Path::toString).toList());
        int[] ours = IntStream.range(0, earlier.rowCount()).filter(i -> names.contains(earlier.stringColumn("path").get(i))).toArray();
        if (earlier.rowCount() > 0 && ours.length == 0) {
            throw new DataException("%s has rows of other files, such as %s; give another --csv FILE, or the same --images as before"
                    .formatted(where, earlier.stringColumn("path").get(0)));
        }
        checkDecisions(earlier, where);
        int[] scored = IntStream.of(ours).filter(i -> !earlier.doubleColumn("score").isMissing(i)).toArray();
        Table before = earlier.where(Selection.with(
                IntStream.of(scored).skip(Math.max(0, scored.length - Math.max(1, atOnce / 4))).toArray()));
        Table now = scorer.apply(before.stringColumn("path").asList().stream().map(Path::of).toList());
        for (int i = 0; i < now.rowCount(); i++) {
            double old = before.doubleColumn("score").get(i);
            double again = now.doubleColumn("score").get(i);
            if (Math.abs(old - again) > SAME || Math.abs(again - threshold.score()) > SAME
                    && !now.booleanColumn("anomaly").get(i).equals(before.booleanColumn("anomaly").get(i))) {
                throw new DataException(("%s says %.4f, anomaly %s, of %s, and this detector %.4f, %s: it was written with another detector, "
                        + "threshold or shape; give another --csv FILE, or leave --resume out").formatted(
                        where, old, before.booleanColumn("anomaly").get(i), before.stringColumn("path").get(i), again,
                        now.booleanColumn("anomaly").get(i)));
            }
        }
    }

    /** Every row, not only those that are scored again: some may lie between the two thresholds, the last ones need not. */
    private void checkDecisions(Table earlier, Path where) {
        for (int i = 0; i < earlier.rowCount(); i++) {
            double score = earlier.doubleColumn("score").getDouble(i); // NaN where the file could not be read
            boolean clear = Math.abs(score - threshold.score()) > SAME;
            if (clear && earlier.booleanColumn("anomaly").get(i) != threshold.isAnomaly(score)) {
                throw new DataException(("%s says of %s: score %.4f, anomaly %s, which the threshold %.4f does not; "
                        + "give the threshold that it was written with, another --csv FILE, or leave --resume out").formatted(
                        where, earlier.stringColumn("path").get(i), score, earlier.booleanColumn("anomaly").get(i), threshold.score()));
            }
        }
    }

    /** Counts of scored files. */
    static final class Tally {

        private int files;
        private int anomalies;
        private int unreadable;
        private String reason = "";

        private void add(Table rows) {
            files += rows.rowCount();
            anomalies += rows.booleanColumn("anomaly").countTrue();
            unreadable += rows.doubleColumn("score").countMissing();
            if (reason.isEmpty()) {
                reason = rows.stringColumn("error").asList().stream().filter(text -> !text.isEmpty()).findFirst().orElse("");
            }
        }

        /** Whether no file at all could be read. */
        boolean isFailure() {
            return unreadable == files;
        }

        /** Such as {@code 20 files: 3 anomalies, 1 unreadable}. */
        String line() {
            return isFailure()
                    ? "hscl: none of the %d files could be read as a picture; the first: %s".formatted(files, reason)
                    : "%d files: %d anomalies, %d unreadable".formatted(files, anomalies, unreadable);
        }
    }
}
