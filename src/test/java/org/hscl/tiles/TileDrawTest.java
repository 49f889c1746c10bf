package org.hscl.tiles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hscl.data.ImageSet;
import org.hscl.scenario.Label;
import org.hscl.train.EpochImages.Drawn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TileDrawTest {

    private static final TileScale FULL = new TileScale(32, 1);

    @TempDir
    Path folder;

    private List<LabeledPicture> pictures(boolean masks) throws IOException {
        SpottedPictures.write(folder.resolve("normal"), 6, 0, 1);
        SpottedPictures.write(folder.resolve("unlabeled"), 6, 0, 2);
        SpottedPictures.write(folder.resolve("abnormal"), 6, 1, 3);
        if (masks) {
            SpottedPictures.writeMasks(folder.resolve("masks"), 6, "%02d.png");
        }
        return PictureFolder.read(folder, 0, 1).train();
    }

    private static long count(Drawn drawn, Label label) {
        return Arrays.stream(drawn.labels()).filter(each -> each == label).count();
    }

    /** Normal pictures are darker than 100 everywhere, spots brighter than 189. */
    private static boolean isSpotted(ImageSet tiles, int tile) {
        return IntStream.range(tile * tiles.stride(), (tile + 1) * tiles.stride()).anyMatch(i -> (tiles.pixels()[i] & 0xFF) > 180);
    }

    @Test
    void tilesLabeledAbnormalLieOverAMark() throws IOException {
        Drawn drawn = new TileDraw(pictures(true), FULL, 90, false, 1).draw(0);
        assertEquals(30, count(drawn, Label.ABNORMAL));
        assertEquals(30, count(drawn, Label.NORMAL));
        for (int i = 0; i < 90; i++) {
            assertEquals(drawn.labels()[i] == Label.ABNORMAL, isSpotted(drawn.images(), i), "tile " + i);
        }
    }

    @Test
    void abnormalPicturesWithoutMarksAreUnlabeledAndDefectsAreMade() throws IOException {
        Drawn drawn = new TileDraw(pictures(false), FULL, 90, true, 1).draw(0);
        assertEquals(30, count(drawn, Label.ABNORMAL));
        int[] spotted = IntStream.range(0, 90).filter(i -> isSpotted(drawn.images(), i)).toArray();
        assertTrue(spotted.length > 0);
        assertTrue(IntStream.of(spotted).allMatch(i -> drawn.labels()[i] == Label.UNLABELED), "no tile that nobody marked is labeled");
        assertEquals(0, count(new TileDraw(pictures(false), FULL, 90, false, 1).draw(0), Label.ABNORMAL));
    }

    @Test
    void eachEpochIsDrawnAnewAndAlwaysTheSame() throws IOException {
        List<LabeledPicture> pictures = pictures(true);
        TileDraw draw = new TileDraw(pictures, new TileScale(32, 2), 30, true, 1);
        byte[] first = draw.draw(0).images().pixels();
        byte[] second = draw.draw(1).images().pixels();
        assertFalse(Arrays.equals(first, second));
        assertArrayEquals(second, new TileDraw(pictures, new TileScale(32, 2), 30, true, 1).draw(1).images().pixels(), "as a resumed training needs");
        assertFalse(Arrays.equals(first, new TileDraw(pictures, new TileScale(32, 2), 30, true, 2).draw(0).images().pixels()));
    }

    @Test
    void aMadeDefectChangesAPartOfATile() {
        for (int seed = 0; seed < 100; seed++) {
            byte[] tile = new byte[2 * 3 * 32 * 32];
            byte[] source = new byte[3 * 32 * 32];
            Arrays.fill(source, (byte) 100);
            SyntheticDefect.paste(tile, source.length, source, 32, new SplittableRandom(seed));
            long changed = IntStream.range(source.length, tile.length).filter(i -> tile[i] != 0).count();
            assertTrue(changed > 0 && changed < 0.2 * source.length, changed + " changed by seed " + seed);
            assertTrue(IntStream.range(0, source.length).allMatch(i -> tile[i] == 0), "the tile before it stays");
        }
    }

    @Test
    void tilesCoverAPictureToItsBorders() {
        assertArrayEquals(new int[] {0, 16, 32, 48, 58}, FULL.starts(90));
        assertArrayEquals(new int[] {0}, FULL.starts(32));
        assertArrayEquals(new int[] {-6}, FULL.starts(20), "a short side is centred");
        assertEquals(List.of(new TileScale(64, 1), new TileScale(32, 4)), TileScale.parse("64,32/4"));
        assertEquals(TileScale.auto(), TileScale.parse("auto"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> TileScale.parse("48")).getMessage().contains("give 32, 64 or 128"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> TileScale.parse("big")).getMessage().contains("'big' is no tile size"));
    }
}
