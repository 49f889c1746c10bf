package org.hscl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplaceableTest {

    @TempDir
    Path home;

    private static void save(Path folder) throws IOException {
        SafeFolder.write(folder, "detector.json", Map.of("detector.json", stream -> stream.write('{')));
    }

    private static void write(Path file, String text) throws IOException {
        SafeFiles.replace(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void assertRefused(Path folder, String named) {
        String sentence = assertThrows(IOException.class, () -> Replaceable.checkFolder(folder, "detector.json")).getMessage();
        assertTrue(sentence.contains(named), sentence);
        assertThrows(IOException.class, () -> save(folder), "nor is it written");
    }

    @Test
    void aFolderThatHoldsAnythingElseIsRefusedByNameAndStays() throws IOException {
        Path project = Files.createDirectories(home.resolve("project/images")).getParent();
        Files.writeString(project.resolve("notes.txt"), "thesis");
        assertRefused(project, "images, notes.txt");
        assertRefused(project.resolve("images").resolve(".."), "notes.txt");
        assertEquals("thesis", Files.readString(project.resolve("notes.txt")));
        assertTrue(Files.isDirectory(project.resolve("images")));
    }

    @Test
    void aDetectorIsReplacedUnlessTheUserPutSomethingIntoIt() throws IOException {
        Path detector = home.resolve("detector");
        save(detector);
        save(detector);
        Files.writeString(detector.resolve("scores.csv"), "mine");
        assertRefused(detector, "scores.csv");
        assertEquals("mine", Files.readString(detector.resolve("scores.csv")));
    }

    @Test
    void aFolderOfAnotherKindAndAFileAreRefusedAndAnEmptyFolderIsTaken() throws IOException {
        Path checkpoint = home.resolve("checkpoint");
        SafeFolder.write(checkpoint, "checkpoint.json", Map.of("checkpoint.json", stream -> {}));
        assertRefused(checkpoint, "checkpoint.json");
        Path file = Files.writeString(home.resolve("file"), "text");
        assertRefused(file, "is a file");
        assertEquals("text", Files.readString(file));
        save(Files.createDirectory(home.resolve("empty")));
        SafeFolder.verify(home.resolve("empty"));
    }

    @Test
    void theWorkingFolderIsNoPlaceEvenWhereItIsEmpty() {
        String here = assertThrows(IOException.class, () -> Replaceable.checkFolder(Path.of("."), "detector.json")).getMessage();
        assertTrue(here.contains("would be lost") || here.contains("working folder"), here);
    }

    @Test
    void aPlaceThatTakesNoFileIsRefusedBeforeAnythingIsWritten() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "text");
        assertRefused(file.resolve("below"), "it is no folder");
        assumeTrue(Files.isDirectory(Path.of("/proc")));
        assertRefused(Path.of("/proc/detector"), "/proc");
        assertThrows(IOException.class, () -> Replaceable.checkFile(Path.of("/proc/history.csv"), "epoch,"));
    }

    @Test
    void onlyAFileOfTheSameKindIsReplaced() throws IOException {
        Path picture = Files.writeString(home.resolve("a.png"), "PNG");
        String sentence = assertThrows(IOException.class, () -> Replaceable.checkFile(picture, "epoch,")).getMessage();
        assertTrue(sentence.contains("a.png holds something else"), sentence);
        Replaceable.checkFile(Files.writeString(home.resolve("older.csv"), "epoch,loss\n1,2\n"), "epoch,");
        Replaceable.checkFile(Files.createFile(home.resolve("empty.csv")), "epoch,");
        Replaceable.checkFile(home.resolve("new/deep/history.csv"), "epoch,");
        assertFalse(Files.exists(home.resolve("new")), "asking leaves nothing behind");
        assertThrows(IOException.class, () -> Replaceable.checkFile(home, "epoch,"), "a folder is no file");
    }

    @Test
    void linksAreFollowedAndStay() throws IOException {
        Path disk = Files.createDirectory(home.resolve("disk"));
        Path folderLink = Files.createSymbolicLink(home.resolve("detector"), Path.of("disk/detector"));
        save(folderLink);
        save(folderLink);
        assertTrue(Files.isSymbolicLink(folderLink));
        SafeFolder.verify(disk.resolve("detector"));
        Path fileLink = Files.createSymbolicLink(home.resolve("scores.csv"), Path.of("disk/real.csv"));
        write(fileLink, "one");
        write(fileLink, "two");
        assertTrue(Files.isSymbolicLink(fileLink));
        assertEquals("two", Files.readString(disk.resolve("real.csv")));
        Path loop = Files.createSymbolicLink(home.resolve("loop"), Path.of("loop"));
        assertThrows(IOException.class, () -> write(loop, "text"));
    }

    @Test
    void aDeviceIsWrittenToAndNotReplaced() throws IOException {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device));
        Replaceable.checkFile(device, "epoch,");
        write(device, "text");
        assertFalse(Files.isRegularFile(device));
    }

    @Test
    void modesFollowTheUmaskOrTheOldFile() throws IOException {
        Path created = Files.writeString(home.resolve("created"), "by others");
        write(home.resolve("new.csv"), "text");
        assertEquals(Files.getPosixFilePermissions(created), Files.getPosixFilePermissions(home.resolve("new.csv")));
        Path shared = home.resolve("shared.csv");
        write(shared, "old");
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rw-rw-rw-"));
        write(shared, "new");
        assertEquals("rw-rw-rw-", PosixFilePermissions.toString(Files.getPosixFilePermissions(shared)));
        Path secret = home.resolve("secret");
        save(secret);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwx------"));
        save(secret);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)));
    }

    @Test
    void oneFolderHasOneWriter() throws IOException {
        Path folder = home.resolve("shared");
        FolderLock first = FolderLock.of(folder);
        assertThrows(IOException.class, () -> FolderLock.of(folder));
        first.close();
        FolderLock.of(folder).close();
        assertEquals(List.of(folder.resolve(FolderLock.FILE)), Files.list(folder).toList());
    }
}
