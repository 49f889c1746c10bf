package org.hscl.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.hscl.data.DataException;
import org.hscl.data.LooseImages;
import org.hscl.data.LooseImages.ImageRow;
import org.hscl.data.Picture;
import org.hscl.detect.Detector;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.tiles.TileDetector;
import org.jspecify.annotations.Nullable;

/** A detector of either kind, on squares or on tiles, as an executor uses it: files in, scores out. */
interface PictureModel {

    /** Below it, a picture is an anomaly. */
    Threshold threshold();

    /** The scores of its training pictures. */
    TrainingScores trainingScores();

    /** Scores files, in order. */
    List<Scored> score(List<Path> files);

    /**
     * What is said of a file.
     *
     * @param score higher is more normal; null if the file is no picture
     * @param reason why it is none, else empty
     */
    record Scored(@Nullable Double score, String reason) {}

    /** Pictures as squares, many at a time, read by so many threads. */
    static PictureModel of(Detector detector, int threads) {
        return new OnSquares(detector, threads);
    }

    /** Pictures at their own size, one after the other. */
    static PictureModel of(TileDetector detector) {
        return new OnTiles(detector);
    }

    /** The square of each file, all scored together. */
    record OnSquares(Detector detector, int threads) implements PictureModel {

        @Override
        public Threshold threshold() {
            return detector.threshold();
        }

        @Override
        public TrainingScores trainingScores() {
            return detector.trainingScores();
        }

        @Override
        public List<Scored> score(List<Path> files) {
            LooseImages.Batch batch = read(files);
            double[] scores = batch.images().count() == 0 ? new double[0] : detector.score(batch.images());
            List<Scored> all = new ArrayList<>();
            int next = 0;
            for (ImageRow row : batch.rows()) {
                all.add(new Scored(row.readable() ? scores[next++] : null, row.reason()));
            }
            return all;
        }

        /** In a pool of its own: the usual one has as many threads as the machine has cores, though the task may own but one. */
        private LooseImages.Batch read(List<Path> files) {
            LooseImages pictures = detector.pictures(files.get(0).getRoot());
            ForkJoinPool pool = new ForkJoinPool(threads);
            try {
                return pool.submit(() -> pictures.read(files)).join();
            } finally {
                pool.shutdown();
            }
        }
    }

    /** One picture at a time, which has many tiles. */
    record OnTiles(TileDetector detector) implements PictureModel {

        @Override
        public Threshold threshold() {
            return detector.threshold();
        }

        @Override
        public TrainingScores trainingScores() {
            return detector.trainingScores();
        }

        @Override
        public List<Scored> score(List<Path> files) {
            return files.stream().map(this::score).toList();
        }

        private Scored score(Path file) {
            Picture picture;
            try {
                picture = Picture.read(file);
            } catch (DataException e) {
                return new Scored(null, String.valueOf(e.getMessage()));
            }
            return new Scored(detector.score(picture), "");
        }
    }
}
