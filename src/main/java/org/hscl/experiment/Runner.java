package org.hscl.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hscl.baseline.Method;
import org.hscl.baseline.Methods;
import org.hscl.data.DataException.MissingDataException;
import org.hscl.data.DataSets;
import org.hscl.data.TrainTest;
import org.hscl.engine.Interruption;
import org.hscl.experiment.GridProgress.GridListener;
import org.hscl.experiment.GridProgress.GridPace;
import org.hscl.scenario.Split;
import org.hscl.train.RunOptions;

/**
 * Carries out grids. Every result is on the disk before the next experiment starts, so a grid that is stopped, by an
 * interruption or a kill, goes on where it was: what is done is skipped, and a training of HSCL resumes from its last
 * checkpoint. A failed run is written down and not tried again until {@link #rerun} is called.
 *
 * @param folder where results, histories and checkpoints lie
 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu(i)}
 * @param data finds data sets by name
 * @param methods finds methods by name
 * @param fresh whether a grid runs from the start, results or not; new results take the place of old ones
 * @param part where several processes write to the folder: what this one's own file is named after; else empty
 */
public record Runner(Path folder, String device, Function<String, TrainTest> data, Function<String, Method> methods,
        boolean fresh, String part) {

    /** Runs on the first GPU or else the CPU, with the data sets and methods of this library. */
    public static Runner at(Path folder) {
        return new Runner(folder, "auto", DataSets::named, Methods::named, false, "");
    }

    /** Another device. */
    public Runner withDevice(String request) {
        return new Runner(folder, request, data, methods, fresh, part);
    }

    /** Data sets from elsewhere. */
    public Runner withData(Function<String, TrainTest> source) {
        return new Runner(folder, device, source, methods, fresh, part);
    }

    /** Methods from elsewhere. */
    public Runner withMethods(Function<String, Method> source) {
        return new Runner(folder, device, data, source, fresh, part);
    }

    /** Whether grids run from the start: the switch of a notebook whose results are there already. */
    public Runner withFresh(boolean fromTheStart) {
        return new Runner(folder, device, data, methods, fromTheStart, part);
    }

    /**
     * One of several processes that write to the folder, each to a file of its own and without a lock. That no two run the same
     * experiment is the caller's matter, by {@link Grid#shard} for one.
     *
     * @param name what the file is named after, such as {@code 1of4}; letters, digits and {@code _}
     */
    public Runner withPart(String name) {
        if (!name.matches("\\w*")) {
            throw new IllegalArgumentException("part is '%s'; give letters, digits and _".formatted(name));
        }
        return new Runner(folder, device, data, methods, fresh, name);
    }

    private ResultStore open() {
        return part.isEmpty() ? ResultStore.open(folder) : ResultStore.openPart(folder, part);
    }

    /**
     * Runs what has no result yet, or everything if {@code fresh}.
     *
     * @param grid the experiments
     * @param listener follows it
     * @return what came of all experiments of the grid
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; what is done stays done
     * @throws java.io.UncheckedIOException if the folder cannot be written, or another grid is writing to it
     */
    public Outcome execute(Grid grid, GridListener listener) {
        try (ResultStore store = open()) {
            List<Experiment> open =
                    grid.experiments().stream().filter(e -> fresh || store.find(e.id()).isEmpty()).toList();
            GridPace pace = new GridPace(grid.size(), grid.size() - open.size());
            Function<String, TrainTest> lastRead = remembering(data);
            List<String> leftOut = new ArrayList<>();
            for (Experiment experiment : open) {
                try {
                    if (fresh) {
                        new RunFiles(folder, experiment.id()).deleteCheckpoints();
                    }
                    Result result = measure(experiment, lastRead, pace, listener);
                    store.append(result);
                    listener.onResult(result);
                    pace.finish();
                } catch (MissingDataException e) {
                    pace.leaveOut();
                    leftOut.add("left out: %s: %s".formatted(experiment.label(), e.getMessage()));
                }
            }
            return outcome(grid, store, leftOut);
        } finally {
            listener.onEnd();
        }
    }

    /** Runs what has no result yet, in silence. */
    public Outcome execute(Grid grid) {
        return execute(grid, GridListener.silent());
    }

    /**
     * Runs experiments that another process hands out, one after the other; a training that died with its process resumes from
     * its checkpoint.
     *
     * @param handed waits for the next one, and ends
     * @param done takes the result of each once it is on the disk, or why it was left out
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public void serve(Iterator<Experiment> handed, Consumer<Reply> done) {
        try (ResultStore store = open()) {
            Function<String, TrainTest> lastRead = remembering(data);
            while (handed.hasNext()) {
                try {
                    Result result = measure(handed.next(), lastRead, new GridPace(1, 0), GridListener.silent());
                    store.append(result);
                    done.accept(new Reply(Optional.of(result), ""));
                } catch (MissingDataException e) {
                    done.accept(new Reply(Optional.empty(), String.valueOf(e.getMessage())));
                }
            }
        }
    }

    /**
     * What came of an experiment that was handed out.
     *
     * @param result what was measured, or how it failed
     * @param leftOut why there is no result
     */
    public record Reply(Optional<Result> result, String leftOut) {}

    /**
     * Runs one experiment of the store again, from the start; the new result takes the place of the old one.
     *
     * @param id of a result in the folder
     * @throws IllegalArgumentException if there is none
     * @throws MissingDataException if its data set is no longer there
     */
    public Result rerun(String id, GridListener listener) {
        try (ResultStore store = open()) {
            Experiment experiment = store.find(id)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "%s has no result '%s'; give one of its ids".formatted(folder, id)))
                    .experiment();
            new RunFiles(folder, id).deleteCheckpoints();
            Result result = measure(experiment, data, new GridPace(1, 0), listener);
            store.append(result);
            listener.onResult(result);
            return result;
        } finally {
            listener.onEnd();
        }
    }

    private Result measure(
            Experiment experiment, Function<String, TrainTest> source, GridPace pace, GridListener listener) {
        Interruption.check("the grid");
        pace.start();
        listener.onProgress(pace.progress(experiment, Optional.empty()));
        RunFiles files = new RunFiles(folder, experiment.id());
        RunOptions options = RunOptions.defaults()
                .withDevice(device)
                .withCheckpoints(files.checkpoints(experiment.config().epochs()));
        Measurement measurement = new Measurement(
                experiment, step -> listener.onProgress(pace.progress(experiment, Optional.of(step))));
        try {
            Split split = experiment.cell().split(experiment.dataSet(), source);
            Result result = measurement.success(split, method(experiment), options, files);
            files.deleteCheckpoints();
            return result;
        } catch (CancellationException | MissingDataException e) {
            throw e; // no failures of the experiment
        } catch (RuntimeException e) {
            Interruption.check("the grid"); // which fails in many ways, such as a file that closes itself
            files.writeTrace(e);
            return measurement.failure(e, options);
        }
    }

    private Method method(Experiment experiment) {
        OnFeatures features = experiment.features();
        return features == null
                ? methods.apply(experiment.method())
                : features.method(experiment.method(), Place.of(experiment).pollutionRatio());
    }

    private static Outcome outcome(Grid grid, ResultStore store, List<String> leftOut) {
        return Outcome.of(grid.experiments().stream().flatMap(e -> store.find(e.id()).stream()).toList(), leftOut);
    }

    /** Neighbouring experiments use the same data set: it is read once for all of them. */
    private static Function<String, TrainTest> remembering(Function<String, TrainTest> source) {
        Map<String, TrainTest> last = new HashMap<>();
        return name -> {
            last.keySet().retainAll(Set.of(name));
            return last.computeIfAbsent(name, source);
        };
    }
}
