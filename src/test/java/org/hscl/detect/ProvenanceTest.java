package org.hscl.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hscl.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A detector says where it comes from, also after it was saved. */
class ProvenanceTest {

    @TempDir
    Path folder;

    private static String described(Path detector) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertEquals(0, Main.run(new PrintWriter(out, true), new PrintWriter(err, true), "describe", detector.toString()), err::toString);
        return out.toString();
    }

    @Test
    void aSavedDetectorTellsWhereItComesFrom() throws IOException {
        Path target = folder.resolve("detector");
        try (AnomalyDetector detector = Tiny.fit(Tiny.config())) {
            detector.save(target);
            Provenance known = detector.provenance().orElseThrow();
            assertEquals(known, AnomalyDetector.load(target, "cpu").provenance().orElseThrow());
            assertEquals(System.getProperty("java.version"), known.versions().get("java"));
            assertTrue(known.seconds() > 0);
            int images = known.trainingImages().values().stream().mapToInt(Integer::intValue).sum();
            assertEquals(Tiny.split().train().count(), images);
            String text = described(target);
            for (String part : new String[] {
                known.dataSha256(), known.finished(), detector.weightsSha256(), "encoder.precision: FLOAT32", "epochs: 2", "djl=",
                "labeled abnormal=" + known.trainingImages().get("labeled abnormal")
            }) {
                assertTrue(text.contains(part), part + " is not in " + text);
            }
            assertTrue(Files.readString(target.resolve("detector.json")).contains(known.dataSha256()));
        }
    }

    @Test
    void otherDataHaveAnotherFingerprint() {
        Map<String, Integer> none = Map.of("unlabeled", 0);
        try (AnomalyDetector one = Tiny.fit(Tiny.config()); AnomalyDetector same = Tiny.fit(Tiny.config().withSeed(2))) {
            assertEquals(one.provenance().orElseThrow().dataSha256(), same.provenance().orElseThrow().dataSha256());
            assertNotEquals(none, one.provenance().orElseThrow().trainingImages());
        }
    }

    @Test
    void aDetectorFromBeforeSaysThatItDoesNotKnow() {
        assertTrue(described(Path.of("src/test/resources/kept/detector")).contains("by a version that did not keep where"));
    }
}
