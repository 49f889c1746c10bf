package org.hscl.tiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.hscl.data.DataException;
import org.hscl.data.DataException.MissingDataException;
import org.hscl.data.Picture;
import org.hscl.scenario.Label;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {

    @TempDir
    Path folder;

    private static long count(List<LabeledPicture> pictures, Label label) {
        return pictures.stream().filter(picture -> picture.label() == label).count();
    }

    @Test
    void ownFoldersGiveLabelsMasksAndBoxes() throws IOException {
        SpottedPictures.write(folder.resolve("normal"), 4, 0, 1);
        SpottedPictures.write(folder.resolve("unlabeled"), 3, 0, 2);
        SpottedPictures.write(folder.resolve("abnormal/dent"), 3, 1, 3);
        SpottedPictures.writeMasks(folder.resolve("masks/dent"), 1, "%02d.png");
        Files.writeString(folder.resolve("boxes.csv"), "file,left,top,width,height\nabnormal/dent/01.png,88,2,9,3\nabnormal/dent/01.png,0,0,1,1\n");
        List<LabeledPicture> train = PictureFolder.read(folder, 0, 1).train();
        assertEquals(List.of(4L, 3L, 3L), List.of(count(train, Label.NORMAL), count(train, Label.UNLABELED), count(train, Label.ABNORMAL)));
        LabeledPicture masked = named(train, "00.png");
        LabeledPicture boxed = named(train, "01.png");
        assertEquals("dent", masked.kind());
        assertEquals(64, marked(masked));
        assertEquals(2 * 3 + 1, marked(boxed), "a box is cut at the border");
        assertFalse(named(train, "02.png").isMarked());
        PictureFolder held = PictureFolder.read(folder, 0.5, 1);
        assertEquals(4, held.test().size());
        assertEquals(3, count(held.train(), Label.UNLABELED), "unlabeled ones tell nothing in a test");
    }

    private static LabeledPicture named(List<LabeledPicture> pictures, String name) {
        return pictures.stream().filter(picture -> picture.label() == Label.ABNORMAL && picture.file().endsWith(name)).findFirst().orElseThrow();
    }

    private static long marked(LabeledPicture picture) {
        boolean[] marks = picture.marked(Picture.read(picture.file()));
        return IntStream.range(0, marks.length).filter(i -> marks[i]).count();
    }

    @Test
    void theFoldersOfMvtecAdAreRead() throws IOException {
        SpottedPictures.write(folder.resolve("train/good"), 5, 0, 1);
        SpottedPictures.write(folder.resolve("train/unlabeled"), 2, 0, 2);
        SpottedPictures.write(folder.resolve("test/good"), 3, 0, 3);
        SpottedPictures.write(folder.resolve("test/crack"), 2, 1, 4);
        SpottedPictures.writeMasks(folder.resolve("ground_truth/crack"), 2, "%02d_mask.png");
        PictureFolder read = PictureFolder.read(folder, 0.3, 1);
        assertEquals(5, count(read.train(), Label.NORMAL));
        assertEquals(2, count(read.train(), Label.UNLABELED));
        assertEquals(3, count(read.test(), Label.NORMAL));
        assertTrue(read.test().stream().filter(picture -> picture.kind().equals("crack")).allMatch(LabeledPicture::isMarked));
    }

    @Test
    void whatCannotBeUsedIsSaidInASentence() throws IOException {
        assertTrue(assertThrows(MissingDataException.class, () -> PictureFolder.read(folder, 0, 1)).getMessage().contains("make at least one"));
        SpottedPictures.write(folder.resolve("abnormal"), 2, 1, 1);
        assertTrue(assertThrows(DataException.class, () -> PictureFolder.read(folder, 0, 1)).getMessage().contains("has no normal or unlabeled pictures"));
        Files.writeString(folder.resolve("boxes.csv"), "file,left,top,width,height\nabnormal/00.png,1,2,x,4\n");
        assertTrue(assertThrows(DataException.class, () -> PictureFolder.read(folder, 0, 1)).getMessage().contains("'abnormal/00.png,1,2,x,4'"));
        Files.delete(folder.resolve("boxes.csv"));
        SpottedPictures.write(folder.resolve("normal"), 1, 0, 2);
        Files.createDirectories(folder.resolve("masks"));
        Files.copy(folder.resolve("abnormal/00.png"), folder.resolve("masks/00.png"));
        LabeledPicture picture = named(PictureFolder.read(folder, 0, 1).train(), "00.png");
        ImageIO.write(new BufferedImage(3, 4, BufferedImage.TYPE_INT_RGB), "png",
                folder.resolve("masks/00.png").toFile());
        assertTrue(assertThrows(DataException.class, () -> marked(picture)).getMessage().contains("has 3 × 4 pixels, its picture 90 × 70"));
    }
}
