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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.hscl.data.DataException;
import org.hscl.data.Json;
import org.hscl.model.Precision;

/**
 * Fresh processes that measure themselves, ours and plain PyTorch's, with the same options.
 *
 * @param options of both
 * @param device of ours
 */
record BenchRuns(List<String> options, String device) {

    /** Our own process, with the Java options of this one. */
    Column ours(Precision precision) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "bench", "--once"));
        command.addAll(List.of("--device", device, "--precision", precision.label()));
        command.addAll(options);
        return new Column("HSCL " + precision.label(), command);
    }

    /** The plain PyTorch script, which lies in the source tree, in each way that the Python found can run it. */
    List<Column> torch() {
        Path script = Path.of(System.getProperty("hscl.home", "."), "src/bench/python/torch_step.py");
        if (!Files.isReadable(script)) {
            throw new DataException(script + " is not there; run environment/hscl bench from a checkout");
        }
        List<String> plain = new ArrayList<>(List.of(python(), script.toString()));
        plain.addAll(options);
        List<String> last = with(plain, "--channels-last");
        return List.of(
                new Column("PyTorch plain", plain),
                new Column("PyTorch channels-last", last),
                new Column("PyTorch ch.-last bfloat16", with(last, "--bfloat16")));
    }

    private static List<String> with(List<String> command, String option) {
        return Stream.concat(command.stream(), Stream.of(option)).toList();
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

        /** The version of PyTorch, where the script has run and not we. */
        Optional<String> version() {
            JsonNode version = rounds.get(0).path("torch");
            return version.isTextual() ? Optional.of(version.asText()) : Optional.empty();
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
