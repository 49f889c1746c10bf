package org.hscl.spark;

import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.hscl.cli.Cluster;
import org.hscl.experiment.Grid;
import org.hscl.experiment.GridListener;
import org.hscl.experiment.Outcome;
import org.jspecify.annotations.Nullable;

/** The command line's way to Apache Spark: a session for each call, or the one that {@code spark-submit} has made. */
public final class SparkCluster implements Cluster {

    private static final String MASTER = "spark.master";

    @Override
    public String score(
            String master, String images, Path detector, @Nullable Path backbone, @Nullable String threshold, String parquet) {
        SparkSession spark = session(master);
        try {
            LakeScoring.Outcome outcome = LakeScoring.on(spark).score(images, detector, backbone, threshold, parquet);
            return "%d pictures have a row in %s, %d of them had one before".formatted(outcome.pictures(), parquet, outcome.before());
        } finally {
            spark.stop();
        }
    }

    @Override
    public Outcome run(String master, Path out, String device, Grid grid, GridListener shown) {
        SparkSession spark = session(master);
        try {
            return new SparkGrid(spark, out, device).run(grid, shown);
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
