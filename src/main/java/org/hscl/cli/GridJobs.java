package org.hscl.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.hscl.experiment.Experiment;
import org.hscl.experiment.Grid;
import org.hscl.experiment.GridProgress;
import org.hscl.experiment.GridProgress.GridListener;
import org.hscl.experiment.Outcome;
import org.hscl.experiment.Result;
import org.hscl.experiment.ResultStore;
import org.hscl.experiment.Runner;
import org.jspecify.annotations.Nullable;

/**
 * A grid by several processes of this machine. This one hands out the runs, so that no two take the same, and shows where all
 * stand; the run of a process that died is handed to a new one, which resumes it, and given up if that dies of it too. Where a
 * process and then another die before they are ready for a run, none will start, and the grid ends.
 */
final class GridJobs {

    private static final int TRIES = 2;

    private final Path out;
    private final List<String> command;
    private final Queue<Experiment> waiting = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Set<Process> processes = ConcurrentHashMap.newKeySet();
    private boolean stopping;
    private volatile @Nullable Exception failure;

    /** An experiment began (no reply) or ended; without an experiment, a hand has no more to do. */
    private record Event(Optional<Experiment> experiment, Optional<Runner.Reply> reply) {}

    /**
     * Processes with so many threads each.
     *
     * @param out the folder of the results
     */
    GridJobs(Path out, String device, int threads) {
        this(out, GridProcess.command(out, device, threads));
    }

    /**
     * Processes of another command, which speaks as {@link GridWorker} does.
     *
     * @param command program and arguments
     */
    GridJobs(Path out, List<String> command) {
        this.out = out;
        this.command = command;
    }

    /**
     * Runs what has no result yet.
     *
     * @param jobs how many processes at a time
     * @throws CancellationException if the thread is interrupted, after all processes have saved their state and ended
     */
    Outcome run(Grid grid, int jobs, GridListener shown) {
        Set<String> done = ResultStore.readIfThere(out).stream().map(Result::id).collect(Collectors.toSet());
        grid.experiments().stream().filter(experiment -> !done.contains(experiment.id())).forEach(waiting::add);
        int open = waiting.size();
        List<Thread> hands = new ArrayList<>();
        for (int i = 0; i < Math.min(jobs, open); i++) {
            hands.add(new Thread(this::work, "grid job " + (i + 1)));
        }
        hands.forEach(Thread::start);
        try {
            List<String> leftOut = follow(grid.size(), open, hands.size(), shown);
            Exception cause = failure;
            if (cause != null) {
                throw new UncheckedIOException("a process of the grid failed (%s); what is done is kept, the same call goes on with it"
                        .formatted(cause.getMessage()), cause instanceof IOException io ? io : new IOException(cause));
            }
            Set<String> ids = grid.experiments().stream().map(Experiment::id).collect(Collectors.toSet());
            return Outcome.of(ResultStore.readIfThere(out).stream().filter(result -> ids.contains(result.id())).toList(), leftOut);
        } catch (InterruptedException e) {
            stop(hands);
            throw new CancellationException("the grid was stopped; the same call goes on with it");
        } finally {
            shown.onEnd();
        }
    }

    private List<String> follow(int count, int open, int hands, GridListener shown) throws InterruptedException {
        List<String> leftOut = new ArrayList<>();
        long start = System.nanoTime();
        int left = open;
        int busy = hands;
        while (busy > 0) {
            Event event = events.take();
            if (event.experiment().isEmpty()) {
                busy--;
            } else if (event.reply().isEmpty()) {
                double each = (System.nanoTime() - start) * 1e-9 / (open - left); // NaN or infinite before the first is done
                double seconds = left == open ? Double.NaN : each * left;
                shown.onProgress(new GridProgress(event.experiment().get(), count - left, count, seconds, Optional.empty()));
            } else {
                Runner.Reply reply = event.reply().get();
                left--;
                reply.result().ifPresentOrElse(shown::onResult, () ->
                        leftOut.add("left out: %s: %s".formatted(event.experiment().get().label(), reply.leftOut())));
            }
        }
        return leftOut;
    }

    /** One process after another, until nothing waits. */
    private void work() {
        try {
            GridProcess worker = null;
            for (Experiment next = waiting.poll(); next != null; next = waiting.poll()) {
                events.add(new Event(Optional.of(next), Optional.empty()));
                Optional<Runner.Reply> reply = Optional.empty();
                for (int i = 0; i < TRIES && reply.isEmpty() && !isStopping(); i++) {
                    worker = worker != null && worker.isAlive() ? worker : ready();
                    reply = worker.run(next);
                    reply = reply.isPresent() ? reply : stored(next.id());
                }
                events.add(new Event(Optional.of(next), Optional.of(reply.orElse(new Runner.Reply(Optional.empty(),
                        "its process ended %d times without a result; see what it printed".formatted(TRIES))))));
            }
            if (worker != null && worker.isAlive()) {
                worker.end();
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
            waiting.clear(); // the other hands end with their runs
        } finally {
            events.add(new Event(Optional.empty(), Optional.empty()));
        }
    }

    /** A new process, once it has said that it takes runs. */
    private GridProcess ready() throws IOException {
        for (int i = 0; i < TRIES && !isStopping(); i++) {
            GridProcess worker = new GridProcess(start());
            if (worker.awaitReady()) {
                return worker;
            }
        }
        throw new IOException("it ended %d times before it could take a run, see what it printed".formatted(TRIES));
    }

    /** A process may die between writing a result and telling of it. */
    private Optional<Runner.Reply> stored(String id) {
        return ResultStore.readIfThere(out).stream()
                .filter(result -> result.id().equals(id))
                .findFirst()
                .map(result -> new Runner.Reply(Optional.of(result), ""));
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized Process start() throws IOException {
        if (stopping) {
            throw new CancellationException("the grid was stopped");
        }
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        processes.add(process);
        return process;
    }

    private void stop(List<Thread> hands) {
        synchronized (this) {
            stopping = true;
        }
        waiting.clear();
        processes.forEach(Process::destroy);
        for (Thread hand : hands) {
            try {
                hand.join();
            } catch (InterruptedException e) {
                processes.forEach(Process::destroyForcibly); // whoever interrupts twice wants it at once
            }
        }
    }
}
