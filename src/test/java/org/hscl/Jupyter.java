package org.hscl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts Jupyter's own client, with the packaged library registered as the kernel {@code java}. */
public final class Jupyter {
    private static final Path KERNELS = Path.of("target", "jupyter-test").toAbsolutePath();

    private static final Path KOTLIN = Path.of("target", "kotlin-kernel");

    private final String python;

    private Jupyter(String python) {
        this.python = python;
    }

    /** Jupyter with our kernel; the test is skipped where Jupyter is missing, unless this is a CI run, which fails. */
    public static Jupyter required() {
        Optional<String> python = Stream.of(System.getenv("HSCL_PYTHON"), "python3", "/usr/bin/python3")
                .filter(candidate -> candidate != null && hasJupyter(candidate))
                .findFirst();
        requirePresent(python.isPresent(),
                "Jupyter's Python packages nbclient and nbconvert are missing; environment/test installs them.");
        Jupyter jupyter = new Jupyter(python.get());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> register = new ArrayList<>(
                List.of("environment/kernelspec.py", java, jar().toString(), "--only", KERNELS.toString()));
        if (Files.isDirectory(KOTLIN)) {
            register.addAll(List.of("--kotlin", KOTLIN.toString()));
        }
        jupyter.run("", Map.of(), register.toArray(String[]::new));
        return jupyter;
    }

    /** Skips the test where the Kotlin kernel was not fetched, unless this is a CI run, which fails. */
    static void requireKotlin() {
        requirePresent(Files.isDirectory(KOTLIN), "The Kotlin kernel is not in " + KOTLIN + "; environment/test fetches it.");
    }

    private static void requirePresent(boolean present, String message) {
        assertTrue(present || System.getenv("CI") == null, message);
        assumeTrue(present, message);
    }

    /** Runs a Python script to its end, which must be a good one, and returns all that it printed. */
    public String run(String input, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(python));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JUPYTER_PATH", KERNELS.toString());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.outputWriter().append(input).close();
            String output = new String(process.getInputStream().readAllBytes());
            assertEquals(0, process.waitFor(), String.join(" ", command) + "\n" + output);
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + String.join(" ", command), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while running " + String.join(" ", command), e);
        }
    }

    private static boolean hasJupyter(String python) {
        try {
            Process process = new ProcessBuilder(python, "-c", "import nbclient, nbconvert").redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while looking for Jupyter", e);
        }
    }

    private static Path jar() {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("hscl-[0-9.]+\\.jar")).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list target", e);
        }
    }
}
