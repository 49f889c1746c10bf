package org.hscl.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.hscl.data.DataException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeScoringTest extends SparkTest {

    private static final int PICTURES = 400;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Path lake;
    private static Path detector;
    private static Map<String, Said> expected;

    @BeforeAll
    static void lakeAndDetector() throws IOException {
        lake = lake(shared.resolve("lake"), PICTURES);
        detector = detector(shared.resolve("detector"));
        expected = alone(detector, lake);
        assertEquals(PICTURES, expected.size());
        assertEquals(20, expected.values().stream().filter(said -> said.score().isEmpty()).count());
    }

    @Test
    void twoCoresScoreBitForBitAsOneProcessAndARestartSkipsWhatIsWritten() throws IOException {
        Path parquet = folder.resolve("scores");
        SparkSession spark = session("local[2]");
        try {
            LakeScoring scoring = LakeScoring.on(spark).withAtOnce(150);
            assertEquals(new LakeScoring.Outcome(PICTURES, 0), scoring.score(lake.toString(), detector, null, null, parquet.toString()));
            assertEquals(expected, written(spark, parquet));
            assertEquals(1, spark.read().parquet(parquet.toString()).select("date", "detector").distinct().count());
            Path newer = lake.resolve("part 0/new.png");
            Files.copy(lake.resolve("part 0/00000.png"), newer);
            try {
                assertEquals(new LakeScoring.Outcome(PICTURES + 1, PICTURES),
                        scoring.score(lake.toString(), detector, null, null, parquet.toString()));
            } finally {
                Files.delete(newer);
            }
            Map<String, Said> more = new HashMap<>(expected);
            more.put("file:" + newer, expected.get("file:" + lake.resolve("part 0/00000.png")));
            assertEquals(more, written(spark, parquet));
            assertEquals(new LakeScoring.Outcome(PICTURES, 0), scoring.score(lake.toString(), detector, null, "9.5", parquet.toString()),
                    "another threshold, another row");
            assertEquals(PICTURES - 20, spark.read().parquet(parquet.toString()).where("threshold = 9.5 and anomaly").count());
            Path empty = Files.createDirectories(folder.resolve("empty"));
            String sentence = assertThrows(DataException.class,
                    () -> scoring.score(empty.toString(), detector, null, null, parquet.toString())).getMessage();
            assertTrue(sentence.contains("holds no files that may be pictures"), sentence);
            sentence = assertThrows(DataException.class,
                    () -> scoring.score(folder.resolve("nowhere").toString(), detector, null, null, parquet.toString())).getMessage();
            assertTrue(sentence.contains("nowhere cannot be listed") && !sentence.contains("\n"), sentence);
            sentence = assertThrows(DataException.class, () -> ShippedDetector.of(detector, folder, 1)).getMessage();
            assertTrue(sentence.contains("give a TorchScript file"), sentence);
        } finally {
            spark.stop();
        }
    }

    @Test
    void twoExecutorsOfWhichOneIsKilledWriteEachRowOnceAsOneProcessDoes() {
        Path parquet = folder.resolve("scores");
        SparkSession spark = session(CLUSTER);
        try {
            Killer killer = new Killer();
            spark.sparkContext().addSparkListener(killer);
            assertEquals(new LakeScoring.Outcome(PICTURES, 0),
                    LakeScoring.on(spark).score(lake.toString(), detector, null, null, parquet.toString()));
            assertTrue(killer.done(), "no executor was killed");
            assertEquals(expected, written(spark, parquet));
        } finally {
            spark.stop();
        }
    }

    @Test
    void theDetectorsHashIsThatOfItsFiles() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("copy"));
        try (Stream<Path> files = Files.list(detector)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        String hash = ShippedDetector.of(detector, null, 1).sha256();
        assertEquals(hash, ShippedDetector.of(copy, null, 1).sha256());
        Files.writeString(copy.resolve("note.txt"), "another file");
        assertTrue(!hash.equals(ShippedDetector.of(copy, null, 1).sha256()));
    }
}
