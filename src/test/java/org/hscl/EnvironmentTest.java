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

    @Test
    void packingForOneCardKeepsItsKernelsAndZeroesThoseOfOthers() throws Exception {
        // A fat binary as the compiler lays it out: machine code for five cards, then PTX, for cards yet to come.
        String script = """
                import importlib.machinery, importlib.util, struct, sys
                sys.dont_write_bytecode = True
                loader = importlib.machinery.SourceFileLoader("pack", "environment/gpu-pack")
                pack = importlib.util.module_from_spec(importlib.util.spec_from_loader("pack", loader))
                loader.exec_module(pack)
                code = {"7.0": (2, 70), "8.0": (2, 80), "8.6": (2, 86), "8.9": (2, 89), "9.0": (2, 90), "PTX 8.6": (1, 86)}
                kernels = b"".join(struct.pack("<HHIQ12xI32x", kind, 0x101, 64, 8, target) + name.encode().ljust(8)
                                   for name, (kind, target) in code.items())
                library = b"code" + struct.pack("<IHHQ", 0xBA55ED50, 1, 16, len(kernels)) + kernels + b"rest"
                trimmed = pack.trim(bytearray(library), 86)
                assert len(trimmed) == len(library) and trimmed[:4] == b"code" and trimmed[-4:] == b"rest", trimmed
                print([name for name in code if name.encode().ljust(8) in trimmed])
                """;
        Process process = new ProcessBuilder("python3", "-c", script).redirectErrorStream(true).start();
        assertEquals("['8.0', '8.6']\n", new String(process.getInputStream().readAllBytes()));
    }

    private static List<String> settings(String file) throws IOException {
        return Files.readAllLines(Path.of(file)).stream().filter(line -> !line.strip().startsWith("#")).toList();
    }
}
