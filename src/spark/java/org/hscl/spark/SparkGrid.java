package org.hscl.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.SparkSession;
import org.hscl.data.Json;
import org.hscl.engine.Torch;
import org.hscl.experiment.Experiment;
import org.hscl.experiment.Grid;
import org.hscl.experiment.GridProgress.GridListener;
import org.hscl.experiment.Outcome;
import org.hscl.experiment.Result;
import org.hscl.experiment.ResultStore;
import org.hscl.experiment.Runner;

/**
 * A grid as tasks, one an experiment. Each task appends to a file of its own in the store, which all machines see. The task of an
 * executor that died is run again elsewhere, and its training resumes from the last checkpoint.
 *
 * @param spark the session
 * @param out the folder of the results
 * @param device of the executors: {@code auto}, {@code cpu}, {@code gpu} or {@code gpu(i)}
 */
record SparkGrid(SparkSession spark, Path out, String device) {

    /**
     * Runs what has no result yet.
     *
     * @param shown hears of each result at the end; Spark shows the tasks
     */
    Outcome run(Grid grid, GridListener shown) {
        Set<String> done = ResultStore.readIfThere(out).stream().map(Result::id).collect(Collectors.toSet());
        List<String> open = grid.experiments().stream().filter(experiment -> !done.contains(experiment.id())).map(Json::line).toList();
        List<String> leftOut = new ArrayList<>();
        if (!open.isEmpty()) {
            int threads = Integer.parseInt(spark.sparkContext().getConf().get("spark.task.cpus", "1"));
            try {
                leftOut.addAll(JavaSparkContext.fromSparkContext(spark.sparkContext())
                        .parallelize(open, open.size())
                        .mapPartitions(new Task(out.toAbsolutePath().toString(), device, threads))
                        .collect());
            } finally {
                shown.onEnd();
            }
        }
        Map<String, Result> results = ResultStore.readIfThere(out).stream().collect(Collectors.toMap(Result::id, Function.identity()));
        List<Result> all = grid.experiments().stream().map(experiment -> results.get(experiment.id())).filter(result -> result != null).toList();
        all.forEach(shown::onResult);
        return Outcome.of(all, leftOut);
    }

    /** Experiments as JSON lines in; out comes why one was left out. */
    private record Task(String out, String device, int threads) implements FlatMapFunction<Iterator<String>, String> {

        @Override
        public Iterator<String> call(Iterator<String> lines) {
            Torch.useThreads(threads);
            List<String> leftOut = new ArrayList<>();
            while (lines.hasNext()) {
                Experiment experiment = Json.read(lines.next(), Experiment.class, "an experiment that was handed out");
                if (isDone(experiment.id())) {
                    continue; // an executor may die between writing a result and telling of it
                }
                Runner.at(Path.of(out)).withDevice(device).withPart("spark").serve(List.of(experiment).iterator(), reply -> {
                    if (reply.result().isEmpty()) {
                        leftOut.add("left out: %s: %s".formatted(experiment.label(), reply.leftOut()));
                    }
                });
            }
            return leftOut.iterator();
        }

        private boolean isDone(String id) {
            return ResultStore.readIfThere(Path.of(out)).stream().anyMatch(result -> result.id().equals(id));
        }
    }
}
