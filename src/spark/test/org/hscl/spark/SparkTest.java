package org.hscl.spark;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.hscl.Hscl;
import org.hscl.data.LooseImages;
import org.hscl.data.LooseImages.ImageRow;
import org.hscl.detect.AnomalyDetector;
import org.hscl.detect.Tiny;

/** Sessions, a lake of small pictures with bad files among them, and a detector for them. */
abstract class SparkTest {

    /** Two executors of this machine, each a JVM with one core. */
    static final String CLUSTER = "local-cluster[2,1,1024]";

    static SparkSession session(String master) {
        return SparkSession.builder().master(master).appName("test")
                .config("spark.ui.enabled", "false")
                .config("spark.log.level", "ERROR")
                .config("spark.driver.host", "localhost")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.executor.extraClassPath", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
                .config("spark.executor.extraJavaOptions", "-Doffline=true -Djava.awt.headless=true")
                .config("spark.sql.files.maxPartitionBytes", "1m") // a dozen tasks for some hundred pictures
                .getOrCreate();
    }

    /** So many files in two folders; every twentieth is no picture, half of these are empty, and one has brackets in its name. */
    static Path lake(Path folder, int count) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < count; i++) {
            Path file = Files.createDirectories(folder.resolve("part " + i % 2)).resolve(i == 7 ? "[a]%20{b}.png" : "%05d.png".formatted(i));
            if (i % 20 == 3) {
                Files.writeString(file, i % 40 == 3 ? "" : "no picture");
            } else {
                BufferedImage picture = new BufferedImage(40, 32, BufferedImage.TYPE_INT_RGB);
                IntStream.range(0, 40 * 32).forEach(p -> picture.setRGB(p % 40, p / 40, random.nextInt(256) * 0x010101));
                ImageIO.write(picture, "png", file.toFile());
            }
        }
        Files.writeString(folder.resolve("README.txt"), "by its name no picture");
        return folder;
    }

    static Path detector(Path folder) {
        try (AnomalyDetector detector = Hscl.fit(Tiny.split(), Tiny.config())) {
            detector.save(folder);
        }
        return folder;
    }

    /** What one process says: score or, where a file is no picture, nothing, and why. */
    record Said(Optional<Double> score, Optional<Boolean> anomaly, String error) {}

    static Map<String, Said> alone(Path detector, Path lake) {
        Map<String, Said> all = new HashMap<>();
        try (AnomalyDetector loaded = AnomalyDetector.load(detector, "cpu")) {
            LooseImages loose = loaded.pictures(lake);
            LooseImages.Batch batch = loose.read(loose.files());
            double[] scores = loaded.score(batch.images());
            int next = 0;
            for (ImageRow row : batch.rows()) {
                Optional<Double> score = row.readable() ? Optional.of(scores[next++]) : Optional.empty();
                all.put("file:" + row.file(), new Said(score, score.map(loaded.threshold()::isAnomaly), row.reason()));
            }
        }
        return all;
    }

    static Map<String, Said> written(SparkSession spark, Path parquet) {
        Map<String, Said> all = new HashMap<>();
        Dataset<Row> rows = spark.read().parquet(parquet.toString());
        List<Row> list = rows.select("path", "score", "anomaly", "error").collectAsList();
        for (Row row : list) {
            Said said = new Said(Optional.ofNullable(row.getAs("score")), Optional.ofNullable(row.getAs("anomaly")), row.getAs("error"));
            if (all.put(row.getString(0), said) != null) {
                throw new AssertionError(row.getString(0) + " has two rows of " + list.size());
            }
        }
        return all;
    }

    /** Kills one executor's process after the first task. */
    static final class Killer extends SparkListener {

        private boolean done;

        @Override
        public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
            if (!done) {
                done = ProcessHandle.current().descendants()
                        .filter(process -> process.info().command().orElse("").endsWith("java"))
                        .findFirst().map(ProcessHandle::destroyForcibly).orElse(false);
            }
        }

        synchronized boolean done() {
            return done;
        }
    }
}
