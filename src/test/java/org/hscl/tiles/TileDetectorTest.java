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
import org.hscl.eval.Roc;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TileDetectorTest {

    private static final HsclConfig CONFIG = HsclConfig.small().withWidth(2).withEpochs(3);
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
            int found = 0;
            for (int i = 0; i < 16; i += 2) {
                Picture picture = Picture.read(test.get(i));
                TileDetector.Finding finding = detector.find(picture);
                assertEquals(before[i], finding.score(), 1e-9);
                int[] lowest = finding.map().lowest();
                int[] spot = SpottedPictures.spot(i);
                boolean near = Math.abs(lowest[0] - spot[0] - 4) <= 32 && Math.abs(lowest[1] - spot[1] - 4) <= 32;
                found += near ? 1 : 0;
                int red = finding.map().overlay(picture, detector.threshold().score() + 10).getRGB(lowest[0], lowest[1]);
                assertTrue((red >> 16 & 0xFF) > (red & 0xFF), "lit where it is lowest");
            }
            assertTrue(found >= 7, found + " of 8 maps are lowest within a tile of the spot");
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
    void withoutAnyAbnormalLabelMadeDefectsTeachIt() {
        List<LabeledPicture> unmarked = labeled.stream().filter(picture -> !picture.isMarked()).toList();
        try (TileDetector detector = fit(unmarked)) {
            double[] scores = scores(detector);
            assertTrue(auroc(scores) >= 0.9, () -> "AUROC %s of %s".formatted(auroc(scores), Arrays.toString(scores)));
        }
    }
}
