package org.hscl.cli;

import java.nio.file.Path;
import java.util.ServiceLoader;
import org.hscl.experiment.Grid;
import org.hscl.experiment.GridProgress.GridListener;
import org.hscl.experiment.Outcome;
import org.jspecify.annotations.Nullable;

/** Many machines at once. The plain build has none; the Maven profile {@code spark} brings Apache Spark's. */
public interface Cluster {

    /**
     * Scores pictures into Parquet files; those that are in them already are skipped.
     *
     * @param master such as {@code local[*]}; empty for what {@code spark-submit} says
     * @param images a folder, by a name or an address that the cluster reads, and those below it
     * @param detector the folder of a saved detector, on this machine
     * @param backbone the network that it was trained on, if on one
     * @param threshold a rule or a value in the place of the detector's own
     * @param parquet the folder of the results, as the cluster writes it
     * @return how many pictures have a row now, in a sentence
     */
    String score(String master, String images, Path detector, @Nullable Path backbone, @Nullable String threshold, String parquet);

    /**
     * Runs what has no result yet, an experiment a task.
     *
     * @param out the folder of the results, which all machines see
     */
    Outcome run(String master, Path out, String device, Grid grid, GridListener shown);

    /**
     * The one that this build has.
     *
     * @throws IllegalArgumentException if it has none
     */
    static Cluster here() {
        return ServiceLoader.load(Cluster.class, Cluster.class.getClassLoader()).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "--spark needs the build with Apache Spark, and this is the plain one; run mvn -Pspark package -DskipTests, and then the same command"));
    }
}
