package org.hscl.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hscl.data.DataException;
import org.hscl.data.Picture;
import org.hscl.engine.Versions;
import org.hscl.eval.PixelScores;
import org.hscl.eval.Roc;
import org.hscl.scenario.Label;
import org.hscl.tiles.LabeledPicture;
import org.hscl.tiles.PictureFolder;
import org.hscl.tiles.TileDetector;
import org.hscl.tiles.TileScale;
import org.hscl.train.ConsoleProgress;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;

/** Trainings on tiles, shown on the standard error. */
record TileRuns(List<TileScale> scales, TrainingOptions training) {

    TileDetector fit(PictureFolder pictures) {
        PrintStream err = System.err;
        HsclConfig config = training.config(scales.get(0).tile());
        RunOptions options = training.runOptions();
        long marked = pictures.train().stream().filter(LabeledPicture::isMarked).count();
        err.printf("tiles %s of %d pictures, %d of them with marked defects; without the shift term, as a tile of a texture has no upright%n",
                scales, pictures.train().size(), marked);
        try (ConsoleProgress shown = System.console() == null ? ConsoleProgress.everyEpoch(err) : ConsoleProgress.live(err)) {
            return StopSignal.during(() -> TileDetector.fit("own pictures", pictures.train(), scales, config, options, shown));
        }
    }

    /** The fields of evaluate's JSON line. */
    Map<String, Object> evaluate(PictureFolder pictures) {
        List<LabeledPicture> test = pictures.test();
        boolean[] abnormal = new boolean[test.size()];
        IntStream.range(0, abnormal.length).forEach(i -> abnormal[i] = test.get(i).label() == Label.ABNORMAL);
        long anomalies = IntStream.range(0, abnormal.length).filter(i -> abnormal[i]).count();
        if (anomalies == 0 || anomalies == abnormal.length) {
            throw new DataException("%d test pictures, %d of them anomalies; an AUROC needs both kinds, so test on more pictures"
                    .formatted(abnormal.length, anomalies));
        }
        long start = System.nanoTime();
        try (TileDetector detector = fit(pictures)) {
            double fitted = (System.nanoTime() - start) * 1e-9;
            PixelScores pixels = new PixelScores();
            double[] scores = StopSignal.during(() -> scores(test, detector, pixels));
            double scored = (System.nanoTime() - start) * 1e-9 - fitted;
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("tiles", scales.stream().map(TileScale::toString).toList());
            fields.put("auroc", Roc.auroc(scores, abnormal));
            fields.put("per_kind", perKind(test, scores));
            fields.put("pixel_auroc", pixels.regions() == 0 ? Optional.empty() : Optional.of(pixels.auroc()));
            fields.put("aupro", pixels.regions() == 0 ? Optional.empty() : Optional.of(pixels.aupro()));
            fields.put("train", counts(pictures.train()));
            fields.put("test", test.size());
            fields.put("fit_s", fitted);
            fields.put("score_s", scored);
            fields.put("peak_rss_mb", ProcessMemory.peak());
            fields.put("versions", new TreeMap<>(Versions.all()));
            fields.put("config", training.config(scales.get(0).tile()));
            return fields;
        }
    }

    /** Pixels count where it is known which are defects: in marked pictures and in normal ones. */
    private static double[] scores(List<LabeledPicture> test, TileDetector detector, PixelScores pixels) {
        boolean masks = test.stream().anyMatch(LabeledPicture::isMarked);
        return test.stream().mapToDouble(picture -> {
            Picture read = Picture.read(picture.file());
            if (!masks || picture.label() == Label.ABNORMAL && !picture.isMarked()) {
                return detector.score(read);
            }
            TileDetector.Finding finding = detector.find(read);
            boolean[] marked = picture.marked(read);
            if (picture.label() == Label.NORMAL || IntStream.range(0, marked.length).anyMatch(i -> marked[i])) { // some masks are empty
                pixels.add(finding.map().values(), marked, read.width());
            }
            return finding.score();
        }).toArray();
    }

    /** Each kind of anomaly against all normal pictures. */
    private static Map<String, Double> perKind(List<LabeledPicture> test, double[] scores) {
        Map<String, Double> kinds = new TreeMap<>();
        test.stream().filter(picture -> picture.label() == Label.ABNORMAL).map(LabeledPicture::kind).distinct().forEach(kind -> {
            int[] rows = IntStream.range(0, scores.length)
                    .filter(i -> test.get(i).label() == Label.NORMAL || test.get(i).kind().equals(kind)).toArray();
            boolean[] abnormal = new boolean[rows.length];
            IntStream.range(0, rows.length).forEach(i -> abnormal[i] = test.get(rows[i]).label() == Label.ABNORMAL);
            kinds.put(kind, Roc.auroc(IntStream.of(rows).mapToDouble(i -> scores[i]).toArray(), abnormal));
        });
        return kinds;
    }

    private static Map<String, Long> counts(List<LabeledPicture> pictures) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Label label : Label.values()) {
            counts.put(label.name().toLowerCase(Locale.ROOT), pictures.stream().filter(picture -> picture.label() == label).count());
        }
        counts.put("marked", pictures.stream().filter(LabeledPicture::isMarked).count());
        return counts;
    }
}
