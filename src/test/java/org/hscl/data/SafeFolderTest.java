package org.hscl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeFolderTest {

    @TempDir
    Path parent;

    private static Map<String, SafeFiles.Content> content(String text) {
        return Map.of("text", stream -> stream.write(text.getBytes()));
    }

    @Test
    void aFolderIsReplacedWhole() throws IOException {
        Path folder = parent.resolve("folder");
        SafeFolder.write(folder, "text", Map.of("text", stream -> {}, "older", stream -> {}));
        SafeFolder.write(folder, "text", content("new"));
        SafeFolder.verify(folder);
        assertEquals("new", Files.readString(folder.resolve("text")));
        assertFalse(Files.exists(folder.resolve("older")));
        assertOnlyIn(folder);
    }

    @Test
    void aFailedWriteLeavesTheOlderFolder() throws IOException {
        Path folder = parent.resolve("folder");
        SafeFolder.write(folder, "text", content("old"));
        assertThrows(IOException.class, () -> SafeFolder.write(folder, "text", Map.of("text", stream -> {
            stream.write(1);
            throw new IOException("disk full");
        })));
        SafeFolder.verify(folder);
        assertEquals("old", Files.readString(folder.resolve("text")));
        assertOnlyIn(folder);
    }

    @Test
    void aKillBetweenTheTwoRenamesLosesNothing() throws IOException {
        Path folder = parent.resolve("folder");
        SafeFolder.write(folder, "text", content("old"));
        Files.move(folder, parent.resolve(".folder.replaced")); // what such a kill leaves
        SafeFolder.verify(folder);
        assertEquals("old", Files.readString(folder.resolve("text")));
        Files.move(folder, parent.resolve(".folder.replaced"));
        SafeFolder.write(folder, "text", content("new"));
        assertEquals("new", Files.readString(folder.resolve("text")));
        assertOnlyIn(folder);
    }

    @Test
    void anInterruptionDoesNotBreakOffAWrite() throws IOException {
        Path folder = parent.resolve("folder");
        Thread.currentThread().interrupt();
        SafeFolder.write(folder, "text", content("whole"));
        assertTrue(Thread.interrupted(), "the stop is left to whoever checks for it");
        SafeFolder.verify(folder);
    }

    @Test
    void everyChangedOrMissingFileIsNoticed() throws IOException {
        Path folder = parent.resolve("folder");
        SafeFolder.write(folder, "text", content("text"));
        Files.writeString(folder.resolve("text"), "tex");
        assertTrue(assertThrows(IOException.class, () -> SafeFolder.verify(folder)).getMessage().contains("checksum"));
        Files.delete(folder.resolve("text"));
        assertTrue(assertThrows(IOException.class, () -> SafeFolder.verify(folder)).getMessage().endsWith("is missing"));
    }

    @Test
    void anEmptyListProvesNothing() throws IOException {
        Path folder = parent.resolve("folder");
        SafeFolder.write(folder, "text", content("text"));
        SafeFolder.verify(folder, "text");
        Files.writeString(folder.resolve("SHA256SUMS"), "");
        assertTrue(assertThrows(IOException.class, () -> SafeFolder.verify(folder, "text")).getMessage().endsWith("does not list text"));
    }

    @Test
    void whatAKilledWriterLeftGoesAndWhatALivingOneWritesStays() throws IOException {
        Path folder = parent.resolve("folder");
        Path living = Files.createDirectory(parent.resolve(".folder.%d-999.writing".formatted(ProcessHandle.current().pid())));
        Files.createDirectory(parent.resolve(".folder.999999999-1.writing")); // no process has such a number
        Files.writeString(Files.createDirectory(parent.resolve(".folder.writing")).resolve("text"), "of an earlier version");
        Path other = Files.createDirectory(parent.resolve(".folder2.writing"));
        SafeFolder.write(folder, "text", content("text"));
        assertTrue(Files.exists(living) && Files.exists(other));
        Files.delete(living);
        Files.delete(other);
        assertOnlyIn(folder);
    }

    /** The second writer comes while the first one writes; both end, one of them with a sentence, and nothing is torn. */
    @Test
    void ofTwoWritersAtOnceOneIsThereWhole() throws IOException {
        Path folder = parent.resolve("folder");
        SafeFolder.write(folder, "text", content("old"));
        SafeFolder.write(folder, "text", Map.of("text", stream -> {
            SafeFolder.write(folder, "text", content("second"));
            stream.write("first".getBytes());
        }));
        SafeFolder.verify(folder, "text");
        assertEquals("first", Files.readString(folder.resolve("text")));
        assertOnlyIn(folder);
    }

    private void assertOnlyIn(Path folder) throws IOException {
        try (var entries = Files.list(parent)) {
            assertEquals(java.util.List.of(folder), entries.toList());
        }
    }
}
