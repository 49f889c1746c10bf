package org.hscl.spark;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.hscl.data.DataException;
import org.hscl.data.FolderWalk;
import org.hscl.eval.Threshold;
import org.jspecify.annotations.Nullable;

/**
 * Scores the pictures of a lake: {@code binaryFile} → detector → Parquet files. The names of the pictures are listed first; those
 * that have a row of this detector and threshold already are skipped, so that a job that was stopped goes on. The rest is read,
 * scored and committed {@link #AT_ONCE} pictures at a time. A file that is no picture, or cannot be read, is a row with the reason.
 *
 * @param spark the session
 * @param atOnce pictures that are committed together: a stop costs at most the scoring of so many
 */
public record LakeScoring(SparkSession spark, int atOnce) {

    /** The usual number of pictures that are committed together. */
    public static final int AT_ONCE = 50_000;

    /** Files of a task, unless every core would have fewer than four tasks: what a dead executor costs, against what a task costs. */
    private static final int OF_A_TASK = 2_000;

    private static final StructType ROWS = new StructType()
            .add("path", DataTypes.StringType, false)
            .add("score", DataTypes.DoubleType, true)
            .add("anomaly", DataTypes.BooleanType, true)
            .add("error", DataTypes.StringType, false)
            .add("detector", DataTypes.StringType, false)
            .add("threshold", DataTypes.DoubleType, false)
            .add("date", DataTypes.StringType, false);

    /** Checks the number. */
    public LakeScoring {
        if (atOnce < 1) {
            throw new IllegalArgumentException("atOnce is %d; commit at least 1 picture at once".formatted(atOnce));
        }
    }

    /** The usual number of pictures at once. */
    public static LakeScoring on(SparkSession spark) {
        return new LakeScoring(spark, AT_ONCE);
    }

    /** Another number of pictures that are committed together. */
    public LakeScoring withAtOnce(int pictures) {
        return new LakeScoring(spark, pictures);
    }

    /**
     * How it went.
     *
     * @param pictures that have a row
     * @param before of them, those that had one before
     */
    public record Outcome(long pictures, long before) {}

    /**
     * Scores what has no row yet.
     *
     * @param images a folder, by a name or an address that the cluster reads, and those below it
     * @param detector the folder of a saved detector, on the driver's machine
     * @param backbone the network that it was trained on, if on one
     * @param threshold a rule or a value in the place of the detector's own
     * @param parquet where the rows go, in a folder a day
     * @throws DataException if there are no pictures, or no detector
     */
    public Outcome score(String images, Path detector, @Nullable Path backbone, @Nullable String threshold, String parquet) {
        int threads = Integer.parseInt(spark.sparkContext().getConf().get("spark.task.cpus", "1"));
        ShippedDetector shipped = ShippedDetector.of(detector, backbone, threads);
        double line = line(shipped.load(), threshold);
        List<String> all = pictures(images);
        if (all.isEmpty()) {
            throw new DataException("%s holds no files that may be pictures; give a folder with pictures".formatted(images));
        }
        Set<String> done = done(parquet, shipped.sha256(), line);
        List<String> left = all.stream().filter(path -> !done.contains(path)).toList();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<ShippedDetector> broadcast = context.broadcast(shipped);
        try {
            PictureScorer scorer = new PictureScorer(
                    broadcast, new SerializableConfiguration(context.hadoopConfiguration()), line, LocalDate.now(ZoneOffset.UTC).toString());
            for (int start = 0; start < left.size(); start += atOnce) {
                commit(context, left.subList(start, Math.min(start + atOnce, left.size())), scorer, parquet);
            }
        } finally {
            broadcast.unpersist();
        }
        return new Outcome(all.size(), all.size() - left.size());
    }

    private static double line(PictureModel detector, @Nullable String wanted) {
        return wanted == null ? detector.threshold().score() : Threshold.of(wanted, detector.trainingScores()).score();
    }

    /** Also empty files, which no scan of Spark's shows. */
    private List<String> pictures(String images) {
        try {
            return Arrays.stream(spark.read().format("binaryFile").option("recursiveFileLookup", "true").load(images).inputFiles())
                    .map(encoded -> new org.apache.hadoop.fs.Path(URI.create(encoded)).toString())
                    .filter(path -> !FolderWalk.isNoPicture(Path.of(path.substring(path.lastIndexOf('/') + 1))))
                    .sorted().toList();
        } catch (Exception e) { // an AnalysisException, which Scala does not declare
            if (e instanceof AnalysisException) {
                throw new DataException("%s cannot be listed (%s); give a folder that Spark can read"
                        .formatted(images, String.valueOf(e.getMessage()).lines().findFirst().orElse("")), e);
            }
            throw e;
        }
    }

    private Set<String> done(String parquet, String detector, double threshold) {
        var place = new org.apache.hadoop.fs.Path(parquet);
        try {
            if (!place.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(place)) {
                return Set.of();
            }
        } catch (IOException e) {
            throw new DataException("%s cannot be reached (%s); give a folder that Spark can write to".formatted(parquet, e.getMessage()), e);
        }
        Dataset<Row> rows = spark.read().schema(ROWS).parquet(parquet);
        return Set.copyOf(rows.where(col("detector").equalTo(detector).and(col("threshold").equalTo(threshold)))
                .select("path").as(Encoders.STRING()).collectAsList());
    }

    /** The tasks read the files themselves: a scan of Spark's fails as a whole where one file cannot be read. */
    private void commit(JavaSparkContext context, List<String> paths, PictureScorer scorer, String parquet) {
        int tasks = Math.max(4 * context.defaultParallelism(), paths.size() / OF_A_TASK);
        int filled = (paths.size() + PictureScorer.AT_ONCE - 1) / PictureScorer.AT_ONCE;
        spark.createDataset(context.parallelize(paths, Math.min(tasks, filled)).rdd(), Encoders.STRING())
                .mapPartitions(scorer, Encoders.row(ROWS))
                .write().mode(SaveMode.Append).partitionBy("date").parquet(parquet);
    }
}
