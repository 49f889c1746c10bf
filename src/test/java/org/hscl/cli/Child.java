package org.hscl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command {@code hscl} in a process of its own, to be stopped from outside.
 *
 * @param process runs it
 * @param output its standard output
 * @param error its standard error
 */
record Child(Process process, Path output, Path error) {

    /** Starts a command in one thread; the files of its outputs lie in a folder. */
    static Child start(Path folder, Map<String, String> environment, List<String> javaOptions, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "-Xmx1g", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Doffline=true"));
        command.addAll(javaOptions);
        command.add("org.hscl.cli.Main");
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "out", ".txt");
        Path error = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(error.toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().putAll(environment);
        return new Child(builder.start(), output, error);
    }

    /** Waits for its success; returns what it printed. */
    String result() throws IOException, InterruptedException {
        assertEquals(0, process.waitFor(), this::errors);
        return Files.readString(output);
    }

    String errors() {
        try {
            return Files.readString(error);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
