package org.hscl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hscl.data.DataException.MissingDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path own;

    @TempDir
    Path system;

    @Test
    void thePropertyNamesTheFolder() {
        String before = System.getProperty("hscl.data");
        try {
            System.setProperty("hscl.data", own.toString());
            assertEquals(own, DataFolder.defaults().path());
        } finally {
            if (before == null) {
                System.clearProperty("hscl.data");
            } else {
                System.setProperty("hscl.data", before);
            }
        }
    }

    @Test
    void onesOwnFolderComesBeforeTheSystems() throws Exception {
        DataFolder folder = DataFolder.defaults().withPath(own).withOthers(List.of(system));
        assertEquals(Optional.empty(), folder.find("a.gz", "a"));
        Path theirs = Files.createFile(system.resolve("a.gz"));
        assertEquals(Optional.of(theirs), folder.find("a.gz", "a"));
        Path mine = Files.createFile(own.resolve("a"));
        assertEquals(Optional.of(mine), folder.find("a.gz", "a"));
    }

    @Test
    void absentFileIsNamedWithoutTheUsersOwnFolder() {
        Path home = Path.of(System.getProperty("user.home"));
        DataFolder folder = DataFolder.defaults().withPath(home.resolve("no-such-data")).withOthers(List.of());
        String sentence = assertThrows(MissingDataException.class, () -> DataSets.cifar10(folder)).getMessage();
        assertTrue(sentence.contains("~" + File.separator + "no-such-data"), sentence);
        assertFalse(sentence.contains(home.toString()), sentence);
    }
}
