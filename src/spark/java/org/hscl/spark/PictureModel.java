package org.hscl.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import org.hscl.data.DataException;
import org.hscl.data.LooseImages;
import org.hscl.data.Picture;
import org.hscl.detect.Detector;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.tiles.TileDetector;
import org.jspecify.annotations.Nullable;

/**
 * A detector of either kind, on squares or on tiles, as an executor uses it.
 *
 * @param threshold below it, a picture is an anomaly
 * @param trainingScores the scores of its training pictures
 * @param scorer scores files, in order
 */
record PictureModel(Threshold threshold, TrainingScores trainingScores, Function<List<Path>, List<Scored>> scorer) {

    /**
     * What is said of a file.
     *
     * @param score higher is more normal; null if the file is no picture
     * @param reason why it is none, else empty
     */
    record Scored(@Nullable Double score, String reason) {}

    /** Pictures as squares, all of a call at once, read by so many threads. */
    static PictureModel of(Detector detector, int threads) {
        return new PictureModel(detector.threshold(), detector.trainingScores(), files -> {
            LooseImages.Batch batch = read(detector.pictures(files.get(0).getRoot()), files, threads);
            double[] scores = batch.images().count() == 0 ? new double[0] : detector.score(batch.images());
            List<Scored> all = new ArrayList<>();
            int next = 0;
            for (var row : batch.rows()) {
                all.add(new Scored(row.readable() ? scores[next++] : null, row.reason()));
            }
            return all;
        });
    }

    /** In a pool of its own: the usual one has as many threads as the machine has cores, though the task may own but one. */
    private static LooseImages.Batch read(LooseImages pictures, List<Path> files, int threads) {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> pictures.read(files)).join();
        } finally {
            pool.shutdown();
        }
    }

    /** Pictures at their own size, one after the other, each of which has many tiles. */
    static PictureModel of(TileDetector detector) {
        return new PictureModel(detector.threshold(), detector.trainingScores(),
                files -> files.stream().map(file -> scored(detector, file)).toList());
    }

    private static Scored scored(TileDetector detector, Path file) {
        Picture picture;
        try {
            picture = Picture.read(file);
        } catch (DataException e) {
            return new Scored(null, String.valueOf(e.getMessage()));
        }
        return new Scored(detector.score(picture), "");
    }
}
