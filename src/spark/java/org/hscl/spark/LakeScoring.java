package org.hscl.spark;

import static org.apache.spark.sql.functions.col;

import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.hscl.data.DataException;
import org.hscl.data.FolderWalk;
import org.hscl.detect.Detector;
import org.hscl.eval.Threshold;
import org.jspecify.annotations.Nullable;

/**
 * Scores the pictures of a lake: {@code binaryFile} → detector → Parquet files. The names of the pictures are listed first; those
 * that have a row of this detector and threshold already are skipped, so that a job that was stopped goes on. The rest is read,
 * scored and committed {@link #AT_ONCE} pictures at a time. A file that is no picture is a row with the reason.
 *
 * @param spark the session
 * @param atOnce pictures that are committed together: a stop costs at most the scoring of so many
 */
public record LakeScoring(SparkSession spark, int atOnce) {

    /** The usual number of pictures that are committed together. */
    public static final int AT_ONCE = 50_000;

    /** A split of small files: as many as make 16 MB, each counted 64 kB more than it has, for the call that opens it. */
    private static final String SPLIT = "spark.sql.files.maxPartitionBytes";
    private static final String OPENING = "spark.sql.files.openCostInBytes";

    /** Spark looks each of the named files up in a task of its own, where they are fewer than 10,000; tasks cost more than looking. */
    private static final String LISTING = "spark.sql.sources.parallelPartitionDiscovery.parallelism";

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

    /** The usual sizes, where the session's configuration does not say otherwise. */
    public static LakeScoring on(SparkSession spark) {
        setUnlessSet(spark, SPLIT, "16m");
        setUnlessSet(spark, OPENING, "64k");
        setUnlessSet(spark, LISTING, Integer.toString(2 * spark.sparkContext().defaultParallelism()));
        return new LakeScoring(spark, AT_ONCE);
    }

    private static void setUnlessSet(SparkSession spark, String key, String value) {
        if (!spark.sparkContext().getConf().contains(key)) {
            spark.conf().set(key, value);
        }
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
        Dataset<Row> files = files(images);
        Set<String> filled = new HashSet<>(filled(files));
        List<String> all = named(files);
        if (all.isEmpty()) {
            throw new DataException("%s holds no files that may be pictures; give a folder with pictures".formatted(images));
        }
        Set<String> done = done(parquet, shipped.sha256(), line);
        List<String> open = all.stream().filter(path -> !done.contains(path)).toList();
        List<String> left = open.stream().filter(filled::contains).toList();
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        Broadcast<ShippedDetector> broadcast = JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(shipped);
        try {
            PictureScorer scorer = new PictureScorer(broadcast, line, today);
            List<Row> empty = open.stream().filter(path -> !filled.contains(path)).map(path -> RowFactory.create(path, null, null,
                    PictureScorer.pathOf(path) + " is empty; get a whole copy or remove it", shipped.sha256(), line, today)).toList();
            if (!empty.isEmpty()) {
                append(spark.createDataFrame(empty, ROWS), parquet);
            }
            for (int start = 0; start < left.size(); start += atOnce) {
                commit(left.subList(start, Math.min(start + atOnce, left.size())), scorer, parquet);
            }
        } finally {
            broadcast.unpersist();
        }
        return new Outcome(all.size(), all.size() - open.size());
    }

    private static double line(Detector detector, @Nullable String wanted) {
        return wanted == null ? detector.threshold().score() : Threshold.of(wanted, detector.trainingScores()).score();
    }

    private Dataset<Row> files(String images) {
        try {
            return spark.read().format("binaryFile").option("recursiveFileLookup", "true").load(images);
        } catch (Exception e) { // an AnalysisException, which Scala does not declare
            if (e instanceof AnalysisException) {
                throw new DataException("%s cannot be listed (%s); give a folder that Spark can read"
                        .formatted(images, String.valueOf(e.getMessage()).lines().findFirst().orElse("")), e);
            }
            throw e;
        }
    }

    /** Also empty files, which no scan of Spark's shows. */
    private static List<String> named(Dataset<Row> files) {
        return pictures(Arrays.stream(files.inputFiles()).map(encoded -> new org.apache.hadoop.fs.Path(URI.create(encoded)).toString()));
    }

    /** Those that hold anything; their content is not read. */
    private static List<String> filled(Dataset<Row> files) {
        return pictures(files.select("path").as(Encoders.STRING()).collectAsList().stream());
    }

    private static List<String> pictures(Stream<String> paths) {
        return paths.filter(path -> !FolderWalk.isNoPicture(Path.of(path.substring(path.lastIndexOf('/') + 1)))).sorted().toList();
    }

    private Set<String> done(String parquet, String detector, double threshold) {
        Dataset<Row> rows;
        try {
            rows = spark.read().schema(ROWS).parquet(parquet);
        } catch (Exception e) { // an AnalysisException, which Scala does not declare
            if (e instanceof AnalysisException && String.valueOf(e.getMessage()).contains("PATH_NOT_FOUND")) {
                return Set.of(); // nothing there yet
            }
            throw e;
        }
        return Set.copyOf(rows.where(col("detector").equalTo(detector).and(col("threshold").equalTo(threshold)))
                .select("path").as(Encoders.STRING()).collectAsList());
    }

    private void commit(List<String> paths, PictureScorer scorer, String parquet) {
        append(spark.read().format("binaryFile")
                .load(paths.stream().map(LakeScoring::literal).toArray(String[]::new))
                .select("path", "content")
                .mapPartitions(scorer, Encoders.row(ROWS)), parquet);
    }

    private static void append(Dataset<Row> rows, String parquet) {
        rows.write().mode(SaveMode.Append).partitionBy("date").parquet(parquet);
    }

    /** A name as it is, though Spark takes names for patterns. */
    private static String literal(String path) {
        return path.replaceAll("([\\\\\\[\\]{}*?])", "\\\\$1");
    }
}
