package org.hscl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        // A C library of our own choice, as an older one is never tuned.
        String count = ". environment/setup.sh; getconf() { echo glibc 2.36; }; tune_memory; env | grep -cE '^(MALLOC|GLIBC)_' || true";
        assertEquals("4\n", bash(Map.of("HSCL_MALLOC", ""), count));
        assertEquals("0\n", bash(Map.of("HSCL_MALLOC", "plain"), count));
        assertEquals("0\n", bash(Map.of("HSCL_MALLOC", ""), count.replace("2.36", "2.31")));
    }

    @Test
    void theCharacterSetIsOneThatNamesAllFiles() throws Exception {
        String set = ". environment/setup.sh; use_utf8; locale charmap";
        assertEquals("UTF-8\n", bash(Map.of("LC_ALL", "C"), set));
        assertEquals("UTF-8\n", bash(Map.of("LC_ALL", ""), "unset LANG LC_CTYPE; " + set));
        assertEquals("C.UTF-8\n", bash(Map.of("LC_ALL", "C.UTF-8"), set.replace("locale charmap", "echo $LC_ALL")));
    }

    /** What a script prints; it fails where it uses a variable that is not set, as the scripts do. */
    private static String bash(Map<String, String> environment, String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", "set -eu; " + script).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void theLauncherSaysHowToBuildALibraryThatIsMissing(@TempDir Path folder) throws Exception {
        Path copy = Files.createDirectory(folder.resolve("environment"));
        for (String name : List.of("hscl", "setup.sh")) {
            Files.copy(Path.of("environment", name), copy.resolve(name));
        }
        String missing = "The library is not built yet: run environment/notebooks --prepare, or mvn package.\n";
        assertEquals(missing, bash(Map.of(), "bash " + copy.resolve("hscl")));
        assertEquals(missing, bash(Map.of(), "unset HOME; cd /; bash " + copy.resolve("hscl")));
        Path link = Files.createSymbolicLink(folder.resolve("command"), Path.of("environment", "hscl"));
        assertEquals(missing, bash(Map.of(), "bash " + Files.createSymbolicLink(folder.resolve("link to the link"), link).toString().replace(" ", "\\ ")));
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
