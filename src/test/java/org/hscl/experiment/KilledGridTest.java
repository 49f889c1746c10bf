package org.hscl.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledGridTest {

    private static final String STARTED = "the fourth run has started";

    @TempDir
    Path folder;

    /** The process to be killed: a grid of six whose fourth run never ends. */
    public static void main(String[] arguments) {
        Toys.Darkness method = new Toys.Darkness(seed -> {
            if (seed == 4) {
                System.out.println(STARTED);
                waitForEver();
            }
        });
        runner(Path.of(arguments[0]), method).execute(Toys.seeds(6));
    }

    private static void waitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Runner runner(Path folder, Toys.Darkness method) {
        return Runner.at(folder).withDevice("cpu").withData(Toys::data).withMethods(name -> method);
    }

    @Test
    void aKilledGridResumesWithoutRepeatingOrLosingARun() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Doffline=true", "-cp", System.getProperty("java.class.path"),
                        KilledGridTest.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            assertEquals(STARTED, output.readLine());
            assertThrows(UncheckedIOException.class, () -> ResultStore.open(folder), "the other process is writing to it");
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertEquals(3, ResultStore.read(folder).size());

        Toys.Darkness method = new Toys.Darkness(seed -> {});
        Outcome outcome = runner(folder, method).execute(Toys.seeds(6));
        assertEquals(List.of(4L, 5L, 6L), method.seeds);
        List<String> ids = outcome.results().stream().map(Result::id).toList();
        assertEquals(6, new HashSet<>(ids).size());
        assertEquals(6, ResultStore.read(folder).size());
    }
}
