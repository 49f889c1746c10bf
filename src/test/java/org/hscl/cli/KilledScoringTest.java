package org.hscl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.hscl.data.ImageSet;
import org.hscl.detect.AnomalyDetector;
import org.hscl.detect.Tiny;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that scores 3,000 pictures, stopped from outside. */
class KilledScoringTest {

    private static final int COUNT = 3000;

    @TempDir
    Path folder;

    private Path pictures;

    @BeforeEach
    void prepare() throws IOException {
        try (AnomalyDetector detector = Tiny.fit(Tiny.config())) {
            detector.save(folder.resolve("detector"));
        }
        pictures = Files.createDirectory(folder.resolve("pictures"));
        ImageSet digits = Tiny.split().test();
        for (int i = 0; i < COUNT; i++) {
            Path file = pictures.resolve("%04d.png".formatted(i));
            if (i < 20) {
                ImageIO.write(digits.image(i), "png", file.toFile());
            } else {
                Files.createLink(file, pictures.resolve("%04d.png".formatted(i % 20)));
            }
        }
    }

    private Child start(Path csv, String... more) throws IOException {
        String[] call = {"score", "--detector", folder.resolve("detector").toString(), "--images", pictures.toString(),
            "--csv", csv.toString(), "--device", "cpu", "--threads", "1"};
        String[] all = Stream.concat(Stream.of(call), Stream.of(more)).toArray(String[]::new);
        return Child.start(folder, Map.of(), List.of(), all);
    }

    /** Until some rows are there. */
    private static void awaitRows(Child scoring, Path csv) throws IOException {
        while (!Files.exists(csv) || Files.size(csv) < 1000) {
            assertTrue(scoring.process().isAlive(), scoring::errors);
            Thread.onSpinWait();
        }
    }

    @Test
    void aSignalAndAKillLeaveWholeRowsAndTheEndIsThatOfAScoringLeftAlone() throws Exception {
        Path whole = folder.resolve("whole.csv");
        Child alone = start(whole);
        alone.result();
        assertEquals(COUNT + 1, Files.readAllLines(whole).size());
        assertTrue(alone.errors().contains(COUNT + " files: "), alone.errors());
        assertTrue(alone.errors().lines().noneMatch(line -> line.contains("Warning")), alone.errors()); // PyTorch's, in every call

        Path csv = folder.resolve("scores.csv");
        Child stopped = start(csv);
        awaitRows(stopped, csv);
        stopped.process().destroy(); // SIGTERM, as Ctrl-C
        assertNotEquals(0, stopped.process().waitFor());
        assertTrue(stopped.errors().contains("the same call with --resume goes on"), stopped.errors());
        List<String> rows = Files.readAllLines(csv);
        assertTrue(rows.size() > 1 && rows.size() < COUNT, rows.size() + " rows");
        assertEquals(Files.readAllLines(whole).subList(0, rows.size()), rows);

        Child killed = start(csv, "--resume");
        long before = Files.size(csv);
        while (Files.size(csv) == before) {
            assertTrue(killed.process().isAlive(), killed::errors);
            Thread.onSpinWait();
        }
        killed.process().destroyForcibly();
        assertNotEquals(0, killed.process().waitFor());
        start(csv, "--resume").result();
        assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(csv));
    }
}
