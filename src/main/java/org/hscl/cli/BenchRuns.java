package org.hscl.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.hscl.data.DataException;
import org.hscl.data.Json;

/**
 * Fresh processes that measure themselves, ours and plain PyTorch's, with the same options.
 *
 * @param options of both
 * @param device of ours
 */
record BenchRuns(List<String> options, String device) {

    /** Our own process, with the Java options of this one. */
    Column ours() {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "bench", "--once"));
        command.addAll(List.of("--device", device));
        command.addAll(options);
        return new Column("HSCL", command);
    }

    /** The plain PyTorch script, which lies in the source tree. */
    Column torch(String name, String... more) {
        Path script = Path.of(System.getProperty("hscl.home", "."), "src/bench/python/torch_step.py");
        if (!Files.isReadable(script)) {
            throw new DataException(script + " is not there; run environment/hscl bench from a checkout");
        }
        List<String> command = new ArrayList<>(List.of(python(), script.toString()));
        command.addAll(options);
        command.addAll(List.of(more));
        return new Column(name, command);
    }

    /** The first Python that has PyTorch: the one first on the path often lacks it. */
    private static String python() {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            try {
                Process probe = new ProcessBuilder(python, "-c", "import torch").redirectErrorStream(true).start();
                probe.getInputStream().readAllBytes();
                if (probe.waitFor() == 0) {
                    return python;
                }
            } catch (IOException e) {
                continue; // there is no such Python; the next may be
            } catch (InterruptedException e) {
                throw new CancellationException("the benchmark was interrupted");
            }
        }
        throw new DataException("no Python with PyTorch was found; on Debian or Ubuntu install python3-torch");
    }

    /**
     * One way to do the work, and what its rounds measured.
     *
     * @param name for the table
     * @param command prints one JSON line
     * @param rounds of JSON
     */
    record Column(String name, List<String> command, List<JsonNode> rounds) {

        Column(String name, List<String> command) {
            this(name, command, new ArrayList<>());
        }

        void measure() {
            try {
                Process process = new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                if (process.waitFor() != 0) {
                    throw new DataException("'%s' failed; run it alone to see why".formatted(String.join(" ", command)));
                }
                rounds.add(Json.read(line, JsonNode.class, name));
            } catch (IOException e) {
                throw new UncheckedIOException(name + " cannot be started: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                throw new CancellationException("the benchmark was interrupted");
            }
        }

        /** Parts of a step, in order. */
        Set<String> parts() {
            Set<String> parts = new LinkedHashSet<>();
            rounds.get(0).path("ms").fieldNames().forEachRemaining(parts::add);
            return parts;
        }

        /** The median over the rounds; NaN where this way does not measure it. */
        double median(String... path) {
            double[] sorted = rounds.stream().mapToDouble(round -> value(round, path)).sorted().toArray();
            return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }

        private static double value(JsonNode round, String... path) {
            JsonNode node = round;
            for (String name : path) {
                node = node.path(name);
            }
            return node.isNumber() ? node.asDouble() : Double.NaN;
        }
    }
}
