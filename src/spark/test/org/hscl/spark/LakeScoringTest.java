package org.hscl.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.hscl.data.DataException;
import org.hscl.data.FolderWalk;
import org.hscl.data.Picture;
import org.hscl.tiles.PictureFolder;
import org.hscl.tiles.SpottedPictures;
import org.hscl.tiles.TileDetector;
import org.hscl.tiles.TileScale;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;
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
    void aFileThatCannotBeReadIsARowAndTheJobGoesOn() throws IOException {
        Path some = Files.createDirectories(folder.resolve("some"));
        Files.copy(lake.resolve("part 0/00000.png"), some.resolve("whole.png"));
        Files.copy(lake.resolve("part 0/00000.png"), some.resolve("torn.png"));
        byte[] sums = new byte[8 + 4 * 64]; // of Hadoop's kind, for pieces of 512 bytes, and wrong
        System.arraycopy(new byte[] {'c', 'r', 'c', 0, 0, 0, 2, 0}, 0, sums, 0, 8);
        Files.write(some.resolve(".torn.png.crc"), sums);
        SparkSession spark = session("local[1]");
        try {
            Path parquet = folder.resolve("scores");
            LakeScoring.on(spark).score(some.toString(), detector, null, null, parquet.toString());
            Map<String, Said> rows = written(spark, parquet);
            assertEquals(expected.get("file:" + lake.resolve("part 0/00000.png")), rows.get("file:" + some.resolve("whole.png")));
            Said torn = rows.get("file:" + some.resolve("torn.png"));
            assertTrue(torn.score().isEmpty() && torn.error().startsWith(some.resolve("torn.png") + " cannot be read"), torn.error());
        } finally {
            spark.stop();
        }
    }

    @Test
    void tilesScoreBitForBitAsInOneProcess() throws IOException {
        Path pictures = folder.resolve("own/normal");
        SpottedPictures.write(pictures, 12, 0, 1);
        SpottedPictures.write(folder.resolve("own/unlabeled"), 12, 4, 2);
        Path tiles = folder.resolve("tiles");
        Map<String, Double> alone = new HashMap<>();
        try (TileDetector detector = TileDetector.fit("test", PictureFolder.read(folder.resolve("own"), 0, 1).train(),
                List.of(new TileScale(32, 1)), HsclConfig.small().withWidth(2).withEpochs(1).withBatchSize(8),
                RunOptions.defaults().withDevice("cpu"), TrainingListener.silent())) {
            detector.save(tiles);
            for (Path file : FolderWalk.of(pictures).files()) {
                alone.put("file:" + file, detector.score(Picture.read(file)));
            }
        }
        SparkSession spark = session("local[2]");
        try {
            Path parquet = folder.resolve("scores");
            LakeScoring.on(spark).score(pictures.toString(), tiles, null, null, parquet.toString());
            Map<String, Double> rows = new HashMap<>();
            written(spark, parquet).forEach((path, said) -> rows.put(path, said.score().orElseThrow()));
            assertEquals(alone, rows);
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
