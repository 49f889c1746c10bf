package org.hscl.spark;

import java.nio.file.Path;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;
import org.hscl.cli.Cluster;
import org.hscl.data.DataException;
import org.hscl.experiment.Grid;
import org.hscl.experiment.GridProgress.GridListener;
import org.hscl.experiment.Outcome;
import org.jspecify.annotations.Nullable;

/** The command line's way to Apache Spark: a session for each call, or the one that {@code spark-submit} has made. */
public final class SparkCluster implements Cluster {

    private static final String MASTER = "spark.master";

    @Override
    public String score(
            String master, String images, Path detector, @Nullable Path backbone, @Nullable String threshold, String parquet) {
        return during(master, spark -> {
            LakeScoring.Outcome outcome = LakeScoring.on(spark).score(images, detector, backbone, threshold, parquet);
            return "%d pictures have a row in %s, %d of them had one before".formatted(outcome.pictures(), parquet, outcome.before());
        });
    }

    @Override
    public Outcome run(String master, Path out, String device, Grid grid, GridListener shown) {
        return during(master, spark -> new SparkGrid(spark, out, device).run(grid, shown));
    }

    /** What Spark reports of its own, such as too few executors, becomes a sentence; its log, which is on the screen, has the rest. */
    private static <T> T during(String master, Function<SparkSession, T> job) {
        SparkSession spark = session(master);
        try {
            return job.apply(spark);
        } catch (Exception e) { // a SparkException, which Scala does not declare
            if (e instanceof SparkException) {
                throw new DataException("Spark ended the job (%s); its log above says why. Make the same call again: what was done stays done"
                        .formatted(String.valueOf(e.getMessage()).lines().findFirst().orElse("")), e);
            }
            throw e;
        } finally {
            spark.stop();
        }
    }

    private static SparkSession session(String master) {
        SparkConf conf = new SparkConf(); // with what spark-submit and -Dspark.… say
        if (!master.isEmpty()) {
            conf.setMaster(master);
        } else if (!conf.contains(MASTER)) {
            conf.setMaster("local[*]");
        }
        conf.setIfMissing("spark.app.name", "hscl");
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setIfMissing("spark.log.level", "WARN");
        return SparkSession.builder().config(conf).getOrCreate();
    }
}
