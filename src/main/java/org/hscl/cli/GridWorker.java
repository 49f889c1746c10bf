package org.hscl.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.hscl.data.Json;
import org.hscl.engine.Torch;
import org.hscl.experiment.Experiment;
import org.hscl.experiment.Runner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * One of the processes of {@code hscl grid --jobs}: a first line out says that it takes runs; then a JSON line in is an experiment to
 * run, a JSON line out what came of it. Where the input ends during a run, whoever started this is gone: the run stops at its next
 * step, to be resumed.
 */
@Command(name = "grid-worker", hidden = true)
final class GridWorker implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--out", required = true)
    private Path out = Path.of("");

    @Option(names = "--device", required = true)
    private String device = "auto";

    @Option(names = "--threads", required = true)
    private int threads;

    @Override
    public Integer call() {
        PrintWriter lines = Objects.requireNonNull(spec).commandLine().getOut();
        Torch.useThreads(threads);
        return StopSignal.during(() -> {
            Handed handed = new Handed(Thread.currentThread(), lines);
            Runner.at(out).withDevice(device).withPart("job").serve(handed, reply -> {
                handed.finish();
                lines.println(Json.line(reply));
                lines.flush();
            });
            return 0;
        });
    }

    /** Experiments as they are read from the standard input, by a thread that notices its end. */
    private static final class Handed implements Iterator<Experiment> {

        private final Deque<Experiment> waiting = new ArrayDeque<>();
        private final PrintWriter lines;
        private boolean ready;
        private boolean busy;
        private boolean ended;

        Handed(Thread worker, PrintWriter lines) {
            this.lines = lines;
            Thread reader = new Thread(() -> read(worker), "handed experiments");
            reader.setDaemon(true);
            reader.start();
        }

        private void read(Thread worker) {
            try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    Experiment next = Json.read(line, Experiment.class, "an experiment that was handed out");
                    synchronized (this) {
                        waiting.add(next);
                        notifyAll();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("The standard input cannot be read", e);
            } finally {
                end(worker);
            }
        }

        private synchronized void end(Thread worker) {
            ended = true;
            notifyAll();
            if (busy) {
                worker.interrupt();
            }
        }

        synchronized void finish() {
            busy = false;
        }

        @Override
        public synchronized boolean hasNext() {
            if (!ready) { // asked for the first time: the store is open
                ready = true;
                lines.println("ready");
                lines.flush();
            }
            try {
                while (waiting.isEmpty() && !ended) {
                    wait();
                }
            } catch (InterruptedException e) {
                throw new CancellationException("the worker was stopped");
            }
            return !waiting.isEmpty();
        }

        @Override
        public synchronized Experiment next() {
            busy = true;
            return waiting.remove();
        }
    }
}
