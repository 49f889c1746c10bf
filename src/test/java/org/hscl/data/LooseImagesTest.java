package org.hscl.data;

import static org.hscl.data.Fixtures.picture;
import static org.hscl.data.Fixtures.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.hscl.data.LooseImages.ImageRow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LooseImagesTest {

    @TempDir
    Path folder;

    private LooseImages loose;

    @BeforeEach
    void twoPictures() {
        picture(folder.resolve("a.png"), 9, 9, 1);
        picture(folder.resolve("sub/z.png"), 9, 9, 200);
        loose = new LooseImages(folder, 4, Fit.CROP);
    }

    private List<String> names(List<Path> files) {
        return files.stream().map(file -> folder.relativize(file).toString()).toList();
    }

    @Test
    void aLinkThatLeadsBackUpIsToldAndNotFollowed() throws IOException {
        Files.createSymbolicLink(folder.resolve("sub/loop"), folder);
        assertEquals(List.of("a.png", "sub/z.png"), names(loose.files()));
        assertEquals(List.of("sub/loop"), names(loose.walk().leftOut()));
    }

    @Test
    @Timeout(20)
    void aPipeAndADeadLinkAreRowsWithTheirReasons() throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("mkfifo", folder.resolve("pipe.png").toString()).start().waitFor());
        Files.createSymbolicLink(folder.resolve("nowhere.png"), folder.resolve("gone"));
        LooseImages.Batch batch = loose.read(loose.files());
        assertEquals(List.of("a.png", "nowhere.png", "pipe.png", "sub/z.png"), names(batch.rows().stream().map(ImageRow::file).toList()));
        assertEquals(List.of(true, false, false, true), batch.rows().stream().map(ImageRow::readable).toList());
        assertTrue(batch.unreadable().get(folder.resolve("pipe.png")).contains("pipe"));
        assertEquals(2, batch.images().count());
        assertEquals(200, batch.images().pixels()[48 + 32] & 0xFF, "the second picture follows the first");
    }

    @Test
    void aSubfolderThatMayNotBeListedIsARow() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        write(closed.resolve("b.png"), new byte[1]);
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("-wx------"));
        try {
            assumeFalse(canList(closed), "root may list everything");
            ImageRow row = loose.read(loose.files()).rows().get(1);
            assertEquals(closed, row.file());
            assertTrue(row.reason().contains("permissions"), row.reason());
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static boolean canList(Path closed) {
        try (Stream<Path> entries = Files.list(closed)) {
            return entries.findAny().isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void filesThatAreNoPicturesByNameAreLeftOutAndTold() {
        for (String name : List.of("README.txt", "Thumbs.db", "sub/desktop.ini", "scores.csv", "LICENSE")) {
            write(folder.resolve(name), new byte[3]);
        }
        write(folder.resolve(".hidden/c.png"), new byte[3]);
        write(folder.resolve("broken.jpg"), new byte[3]);
        assertEquals(List.of("a.png", "broken.jpg", "sub/z.png"), names(loose.files()));
        assertEquals(List.of("LICENSE", "README.txt", "Thumbs.db", "scores.csv", "sub/desktop.ini"), names(loose.walk().leftOut()));
    }

    @Test
    void batchesAreReadWhenTheyAreAskedFor() throws IOException {
        for (int i = 0; i < 5; i++) {
            picture(folder.resolve("b%d.png".formatted(i)), 9, 9, 10 * i);
        }
        List<Path> files = loose.files();
        Iterator<LooseImages.Batch> batches = loose.batches(files, 3).iterator();
        assertEquals(3, batches.next().images().count());
        Files.delete(folder.resolve("b2.png"));
        assertEquals(List.of(false, true, true), batches.next().rows().stream().map(ImageRow::readable).toList());
        assertEquals(1, batches.next().rows().size());
        assertTrue(!batches.hasNext());
        assertThrows(IllegalArgumentException.class, () -> loose.batches(files, 0));
    }
}
