package org.hscl.data;

import static org.hscl.data.Fixtures.assertSentence;
import static org.hscl.data.Fixtures.folder;
import static org.hscl.data.Fixtures.picture;
import static org.hscl.data.Fixtures.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    @TempDir
    Path folder;

    @Test
    void eachFolderIsAClassInTheOrderOfTheNames() {
        picture(folder.resolve("zebra/b.png"), 9, 9, 1);
        picture(folder.resolve("ant/deeper/a.jpg"), 9, 9, 2);
        picture(folder.resolve("ant/z.bmp"), 9, 9, 3);
        write(folder.resolve("ant/.DS_Store"), new byte[3]);
        ImageSet read = ImageFolder.read(folder, 16, Fit.CROP);
        assertEquals(List.of("ant", "zebra"), read.classNames());
        assertArrayEquals(new int[] {0, 0, 1}, read.labels());
        assertEquals(16, read.size());
        assertTrue(read.files().get(2).endsWith("b.png"), read.files().toString());
    }

    @Test
    void trainAndTestFoldersMakeADataSet() {
        picture(folder.resolve("train/a/1.png"), 9, 9, 1);
        picture(folder.resolve("test/a/1.png"), 9, 9, 2);
        assertEquals(
                List.of("a"), ImageFolder.readTrainTest(folder, 32, Fit.CROP).classNames());
        picture(folder.resolve("test/b/1.png"), 9, 9, 2);
        assertSentence(() -> ImageFolder.readTrainTest(folder, 32, Fit.CROP), folder, "[a, b]");
    }

    @Test
    void everyFileThatGivesNoPictureIsNamedAtOnceAndLeftOut() throws IOException {
        for (int i = 0; i < 3; i++) {
            picture(folder.resolve("normal/%d.png".formatted(i)), 9, 9, i);
        }
        Path dangling = Files.createSymbolicLink(folder.resolve("normal/dangling.png"), folder.resolve("nowhere"));
        Path notes = write(folder.resolve("normal/notes.dat"), "text".getBytes());
        write(folder.resolve("normal/Thumbs.db"), "no picture by its name".getBytes());
        ImageSet read = OwnImages.defaults(folder).read();
        assertEquals(3, read.count());
        assertEquals(3, read.files().size());
        List<String> told = read.reading().orElseThrow().notes();
        assertEquals("2 of the 5 files in %s give no picture and are left out:".formatted(folder), told.get(0));
        assertTrue(told.get(1).contains(dangling.toString()) && told.get(2).contains(notes.toString()), told::toString);
        assertEquals(3, told.size());
        assertSentence(() -> OwnImages.defaults(folder).withStrict(true).read(), folder, "2 of the 5 files", "dangling.png", "notes.dat");
    }

    @Test
    void aFolderThatLosesMoreThanHalfOfItsFilesEndsTheReading() throws IOException {
        picture(folder.resolve("normal/1.png"), 9, 9, 1);
        picture(folder.resolve("normal/2.png"), 9, 9, 2);
        picture(folder.resolve("unlabeled/1.png"), 9, 9, 3);
        write(folder.resolve("unlabeled/2.png"), new byte[5]);
        assertEquals(3, OwnImages.defaults(folder).read().count());
        write(folder.resolve("unlabeled/3.png"), new byte[5]);
        assertSentence(() -> OwnImages.defaults(folder).read(), folder, "2 of the 5 files", "2.png", "3.png");
    }

    @Test
    void foldersAndFilesBesideTheThreeAreNamedAndAMisspeltOneIsRefused() throws IOException {
        picture(folder.resolve("normal/1.png"), 9, 9, 1);
        picture(folder.resolve("archive/1.png"), 9, 9, 2);
        picture(folder.resolve("loose.png"), 9, 9, 3);
        List<String> told = OwnImages.defaults(folder).read().reading().orElseThrow().notes();
        assertTrue(told.get(0).startsWith(folder.resolve("archive") + " is not used"), told::toString);
        assertTrue(told.get(1).startsWith("1 files that lie in %s itself are not used".formatted(folder)), told::toString);
        for (String misspelt : List.of("anormal", "abnormals", "unlabelled", "norml")) {
            Path other = picture(folder.resolve(misspelt + "/1.png"), 9, 9, 4).getParent();
            assertSentence(() -> OwnImages.defaults(folder).read(), other, "rename it to one of normal, abnormal, unlabeled");
            SafeFiles.deleteFolder(other);
        }
    }

    @Test
    void moreImagesThanOneSetHoldsAreRefusedWithTheLimit() {
        String sentence = assertThrows(DataException.class, () -> ImageSet.room(43_691, 128)).getMessage();
        assertTrue(sentence.startsWith("43691 images of 128 pixels are more than one set can hold, which is 43690"), sentence);
    }

    @Test
    void badFilesAmongThousandsAreSkippedAndCounted() throws IOException {
        Path original = picture(folder.resolve("a/0.png"), 8, 8, 1);
        byte[] bytes = Files.readAllBytes(original);
        for (int i = 1; i < 1000; i++) {
            write(folder.resolve("a/%d.png".formatted(i)), i % 300 == 0 ? new byte[5] : bytes);
        }
        ImageSet read = ImageFolder.read(folder, 8, Fit.CROP);
        assertEquals(997, read.count());
        assertEquals(997, read.files().size());
        assertEquals(4, read.reading().orElseThrow().notes().size());
    }

    @Test
    void emptyAndAbsentFoldersAreNamed() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty/class"));
        assertSentence(() -> ImageFolder.read(empty.getParent(), 32, Fit.CROP), empty.getParent(), "no picture files");
        assertSentence(() -> ImageFolder.read(folder.resolve("absent"), 32, Fit.CROP), "absent");
    }

    @Test
    void ownImagesNeedOneOfThreeFolders() {
        assertSentence(() -> OwnImages.defaults(folder).read(), folder, "normal, abnormal, unlabeled");
        picture(folder.resolve("unlabeled/1.png"), 70, 90, 1);
        picture(folder.resolve("abnormal/1.png"), 200, 9, 2);
        ImageSet read =
                OwnImages.defaults(folder).withSize(64).withFit(Fit.STRETCH).read();
        assertArrayEquals(new int[] {1, 2}, read.labels());
        assertEquals(64, read.size());
        assertThrows(
                IllegalArgumentException.class, () -> OwnImages.defaults(folder).withSize(48));
    }

    @Test
    void lsunTakesClassAndPartFromTheNumber() {
        for (int id : new int[] {0, 799, 800, 1000, 9999, 5}) {
            picture(folder.resolve("lsun/LSUN_fix/correct_resize_" + id + ".png"), 32, 32, id % 251);
        }
        TrainTest read = DataSets.lsun(folder(folder));
        assertArrayEquals(new int[] {0, 0, 0, 1}, read.train().labels());
        assertArrayEquals(new int[] {0, 9}, read.test().labels());
        int[] blues = {0, 5, 799 % 251, 1000 % 251};
        for (int i = 0; i < 4; i++) {
            assertEquals(blues[i], read.train().pixels()[i * 3072 + 2048] & 0xFF, "in the order of the numbers");
        }
        assertEquals(6, read.whole().count());

        Path stray = picture(folder.resolve("lsun/LSUN_fix/correct_resize_10000.png"), 32, 32, 0);
        assertSentence(() -> DataSets.lsun(folder(folder)), stray, "10000");
    }

    @Test
    void imageNetIsAPlainFolder() {
        assertSentence(
                () -> DataSets.imageNet(folder(folder)),
                "Imagenet_fix",
                "https://github.com/alinlab/CSI",
                folder.resolve("imagenet"));
        picture(folder.resolve("Imagenet_fix/correct_resize_1.png"), 32, 32, 1);
        picture(folder.resolve("Imagenet_fix/correct_resize_0.png"), 32, 32, 0);
        ImageSet read = DataSets.imageNet(folder(folder));
        assertArrayEquals(new int[] {0, 0}, read.labels());
        Path unnumbered = picture(folder.resolve("Imagenet_fix/cat.png"), 32, 32, 0);
        assertSentence(() -> DataSets.imageNet(folder(folder)), unnumbered, "ID");
    }

    @Test
    void madeSetsAreNumberedAndResizedAsTheMakersSets() {
        for (String name : List.of("bedroom/1", "bedroom/2", "tower/1")) {
            picture(folder.resolve("full/" + name + ".png"), 90, 70, name.hashCode() & 0xFF);
        }
        Path byClass = folder.resolve("made");
        assertEquals(3, FixMaker.defaults().makeByClass(folder.resolve("full"), byClass));
        assertEquals(
                List.of("correct_resize_0.png", "correct_resize_1.png", "correct_resize_1000.png"),
                ImageFiles.list(byClass).stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
        byte[] tower = ImageFile.read(folder.resolve("full/tower/1.png")).planes()
                .square(32, Fit.FIX)
                .values()[0];
        assertArrayEquals(
                tower,
                ImageFile.read(byClass.resolve("correct_resize_1000.png")).planes().values()[0]);

        assertEquals(3, FixMaker.defaults().makePlain(folder.resolve("full"), folder.resolve("Imagenet_fix")));
        assertEquals(3, DataSets.imageNet(folder(folder)).count());
        assertSentence(() -> FixMaker.defaults().makeByClass(folder.resolve("full/tower"), folder), "tower");
    }
}
