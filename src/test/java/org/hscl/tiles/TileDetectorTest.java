package org.hscl.tiles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hscl.data.DataException;
import org.hscl.data.Picture;
import org.hscl.eval.PixelScores;
import org.hscl.eval.Roc;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TileDetectorTest {

    private static final HsclConfig CONFIG = HsclConfig.small().withWidth(4).withEpochs(4).withBatchSize(8);
    private static final List<TileScale> SCALES = List.of(new TileScale(32, 1), new TileScale(32, 2));

    @TempDir
    static Path folder;

    private static List<LabeledPicture> labeled;
    private static final List<Path> test = new ArrayList<>();

    @BeforeAll
    static void pictures() throws IOException {
        SpottedPictures.write(folder.resolve("own/normal"), 12, 0, 1);
        SpottedPictures.write(folder.resolve("own/unlabeled"), 20, 10, 2);
        SpottedPictures.write(folder.resolve("own/abnormal"), 6, 1, 3);
        SpottedPictures.writeMasks(folder.resolve("own/masks"), 6, "%02d.png");
        labeled = PictureFolder.read(folder.resolve("own"), 0, 1).train();
        SpottedPictures.write(folder.resolve("test"), 16, 2, 4); // 00, 02, … have spots
        SpottedPictures.writeMasks(folder.resolve("marks"), 16, "%02d.png");
        for (int i = 0; i < 16; i++) {
            test.add(folder.resolve("test/%02d.png".formatted(i)));
        }
    }

    private static double auroc(double[] scores) {
        boolean[] abnormal = new boolean[scores.length];
        for (int i = 0; i < abnormal.length; i += 2) {
            abnormal[i] = true;
        }
        return Roc.auroc(scores, abnormal);
    }

    private static double[] scores(TileDetector detector) {
        return test.stream().mapToDouble(file -> detector.score(Picture.read(file))).toArray();
    }

    private static TileDetector fit(List<LabeledPicture> pictures) {
        return TileDetector.fit("test", pictures, SCALES, CONFIG, RunOptions.defaults().withDevice("cpu"), TrainingListener.silent());
    }

    @Test
    void spotsAreFoundShownAndFoundAgainAfterLoading() throws IOException {
        Path saved = folder.resolve("detector");
        double[] before;
        try (TileDetector detector = fit(labeled)) {
            before = scores(detector);
            assertTrue(auroc(before) >= 0.95, () -> "AUROC %s of %s".formatted(auroc(before), Arrays.toString(before)));
            PixelScores pixels = new PixelScores();
            for (int i = 0; i < 16; i++) {
                Picture picture = Picture.read(test.get(i));
                TileDetector.Finding finding = detector.find(picture);
                assertEquals(before[i], finding.score(), 1e-9);
                boolean[] marked = i % 2 == 0 ? Picture.read(folder.resolve("marks/%02d.png".formatted(i))).marked() : new boolean[finding.map().values().length];
                pixels.add(finding.map().values(), marked, picture.width());
            }
            assertTrue(pixels.auroc() >= 0.8, () -> "pixel AUROC " + pixels.auroc());
            detector.save(saved);
        }
        try (TileDetector loaded = TileDetector.load(saved, "cpu")) {
            assertArrayEquals(before, scores(loaded));
            assertEquals(SCALES, loaded.scales());
            assertTrue(loaded.describe().contains("trained on: 12 labeled normal, 20 unlabeled, 6 labeled abnormal pictures"));
        }
        Files.writeString(saved.resolve("tiles.json"), Files.readString(saved.resolve("tiles.json")) + " ");
        assertTrue(assertThrows(DataException.class, () -> TileDetector.load(saved, "cpu")).getMessage().contains("checksum"));
        assertThrows(UncheckedIOException.class, () -> TileDetector.checkFolder(folder));
    }

    @Test
    void aMapHasTheScoreOfATileAtItsCentreAndIsRedBelowTheThreshold() {
        Picture picture = Picture.read(test.get(1)); // 90 × 70, grey
        int[] columns = SCALES.get(0).starts(90);
        int[] rows = SCALES.get(0).starts(70);
        double[] scores = new double[columns.length * rows.length];
        scores[columns.length + 2] = -4; // the tile at x 32 … 64, y 16 … 48
        TileGrid fine = new TileGrid(SCALES.get(0), columns, rows, scores);
        TileGrid coarse = new TileGrid(SCALES.get(1), SCALES.get(1).starts(45), SCALES.get(1).starts(35), new double[] {-1, 0, 0, 0});
        assertEquals(-4, fine.at(48, 32), 1e-9);
        assertEquals(-2, fine.at(40, 32), 1e-9, "half way to the tile on the left");
        assertEquals(-1, coarse.at(1, 1), 1e-9, "in pixels of the whole picture");
        HeatMap map = HeatMap.of(picture, List.of(fine, coarse));
        assertEquals(-1, map.values()[0], 1e-9, "the lower of both scales");
        int lit = map.overlay(picture, -1).getRGB(48, 32);
        assertTrue((lit >> 16 & 0xFF) > (lit & 0xFF) + 50, Integer.toHexString(lit));
        assertEquals(picture.image().getRGB(89, 0), map.overlay(picture, -1).getRGB(89, 0), "as it is where nothing is found");
    }

    @Test
    void withoutAnyAbnormalLabelMadeDefectsTeachIt() {
        List<LabeledPicture> unmarked = labeled.stream().filter(picture -> !picture.isMarked()).toList();
        try (TileDetector detector = fit(unmarked)) {
            double[] scores = scores(detector);
            assertTrue(auroc(scores) >= 0.8, () -> "AUROC %s of %s".formatted(auroc(scores), Arrays.toString(scores)));
        }
    }
}
