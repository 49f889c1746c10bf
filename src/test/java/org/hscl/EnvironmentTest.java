package org.hscl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the set-up scripts promise, as far as it can be checked without installing anything. */
class EnvironmentTest {
    @Test
    void binderUsesTheSameCondaEnvironment() throws IOException {
        assertEquals(settings("environment/environment.yml"), settings("binder/environment.yml"));
    }

    @Test
    void theGpuEnvironmentHasAllThatTheOtherHas() throws IOException {
        List<String> cpu = settings("environment/environment.yml").stream().filter(line -> line.startsWith("  - ")).toList();
        assertTrue(settings("environment/environment-gpu.yml").containsAll(cpu));
    }

    @Test
    void binderHasTheKotlinKernelAndAnAllocatorThatKeepsNothing() throws Exception {
        String build = Files.readString(Path.of("binder", "postBuild"));
        assertTrue(build.contains("--kotlin") && build.contains("HSCL_MALLOC=plain"), build);
        String count = "tune_memory; env | grep -cE '^(MALLOC|GLIBC)_' || true";
        Process process = new ProcessBuilder("bash", "-c", ". environment/setup.sh; HSCL_MALLOC=plain; " + count)
                .redirectErrorStream(true).start();
        assertEquals("0\n", new String(process.getInputStream().readAllBytes()));
    }

    @Test
    void theLauncherSaysHowToBuildALibraryThatIsMissing(@TempDir Path folder) throws Exception {
        Path copy = Files.createDirectory(folder.resolve("environment"));
        for (String name : List.of("hscl", "setup.sh")) {
            Files.copy(Path.of("environment", name), copy.resolve(name));
        }
        Process process = new ProcessBuilder("bash", copy.resolve("hscl").toString()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(1, process.waitFor(), output);
        assertEquals("The library is not built yet: run environment/notebooks --prepare, or mvn package.\n", output);
    }

    private static List<String> settings(String file) throws IOException {
        return Files.readAllLines(Path.of(file)).stream().filter(line -> !line.strip().startsWith("#")).toList();
    }
}
