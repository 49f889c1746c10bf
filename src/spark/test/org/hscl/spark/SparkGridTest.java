package org.hscl.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.hscl.experiment.Grid;
import org.hscl.experiment.GridProgress;
import org.hscl.experiment.GridProgress.GridListener;
import org.hscl.experiment.Outcome;
import org.hscl.experiment.Result;
import org.hscl.experiment.ResultStore;
import org.hscl.experiment.Runner;
import org.hscl.experiment.Size;
import org.hscl.scenario.OneClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkGridTest extends SparkTest {

    @TempDir
    Path folder;

    @Test
    void aGridWhoseExecutorIsKilledEndsWithEachResultOnceAndWithThoseOfOneProcess() {
        Grid grid = Grid.of(Size.SMOKE.experiment("digits", OneClass.defaults())).methods("KDE", "Isolation forest", "OC-SVM").normals(1, 2);
        SparkSession spark = session(CLUSTER);
        try {
            Killer killer = new Killer();
            spark.sparkContext().addSparkListener(killer);
            List<String> heard = new ArrayList<>();
            Outcome outcome = new SparkGrid(spark, folder.resolve("store"), "cpu").run(grid, listener(heard));
            assertTrue(killer.done(), "no executor was killed");
            assertEquals(List.of(), outcome.problems());
            assertEquals(grid.experiments().stream().map(e -> e.id()).toList(), outcome.results().stream().map(Result::id).toList());
            assertEquals(outcome.results().stream().map(Result::id).toList(), heard);
            assertEquals(6, ResultStore.readIfThere(folder.resolve("store")).size());
            Outcome alone = Runner.at(folder.resolve("alone")).withDevice("cpu").execute(grid);
            assertEquals(alone.results().stream().map(Result::scores).toList(), outcome.results().stream().map(Result::scores).toList());
            heard.clear();
            new SparkGrid(spark, folder.resolve("store"), "cpu").run(grid, listener(heard));
            assertEquals(6, heard.size(), "nothing was run again, all is told");
        } finally {
            spark.stop();
        }
    }

    private static GridListener listener(List<String> heard) {
        return new GridListener() {
            @Override
            public void onProgress(GridProgress progress) {
                // Spark shows the tasks
            }

            @Override
            public void onResult(Result result) {
                heard.add(result.id());
            }
        };
    }
}
