package org.hscl.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Detectors saved by earlier versions still load. A new format adds a folder made by {@link #main}; the old ones stay as they
 * are.
 */
class StoredDetectorTest {

    @Test
    void aDetectorSavedInFormat1StillScoresAsItDid() throws IOException, URISyntaxException {
        Path stored = Path.of(Objects.requireNonNull(getClass().getResource("/detectors/format1")).toURI());
        double[] expected = Files.readString(stored.resolveSibling("format1-scores.txt"))
                .lines()
                .mapToDouble(Double::parseDouble)
                .toArray();
        try (AnomalyDetector detector = AnomalyDetector.load(stored, "cpu")) {
            assertArrayEquals(expected, detector.score(Tiny.split().test()), 1e-5);
            assertEquals(3, detector.history().epochs().size());
            assertEquals("labels", detector.threshold().rule());
            assertEquals(10, detector.classNames().size());
        }
    }

    /** Saves a detector in the present format to a folder, and its scores beside it. */
    public static void main(String[] folder) throws IOException {
        Path target = Path.of(folder[0]);
        try (AnomalyDetector detector = Tiny.fit(Tiny.config().withEpochs(3))) {
            detector.save(target);
            StringBuilder lines = new StringBuilder();
            for (double score : detector.score(Tiny.split().test())) {
                lines.append(score).append('\n');
            }
            Files.writeString(target.resolveSibling(target.getFileName() + "-scores.txt"), lines);
        }
    }
}
