package org.hscl.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CUDA jars here hold no real library, so that the CPU is left on any machine. */
class EngineChoiceTest {

    @TempDir
    private Path folder;

    private Path cpu;
    private Path cuda;

    @BeforeEach
    void writeJars() throws IOException {
        cpu = NativeJar.write(folder, "cpu", "libtorch.so", "libc10.so");
        cuda = NativeJar.write(folder, "cu118", "libtorch.so", "libcublas.so.11");
    }

    private EngineChoice choose(Path... jars) throws IOException {
        try (URLClassLoader loader = NativeJar.classPath(jars)) {
            return EngineChoice.make(loader, folder.resolve("cache"));
        }
    }

    @Test
    void aCpuBuildIsLeftToDjl() throws IOException {
        EngineChoice choice = choose(cpu);
        assertEquals(Map.of(), choice.properties());
        assertEquals("cpu", choice.flavor().name());
        assertFalse(Files.exists(folder.resolve("cache")));
    }

    @Test
    void theOrderOfTheJarsIsOfNoAccount() throws IOException {
        assumeTrue(System.getenv("PYTORCH_LIBRARY_PATH") == null);
        EngineChoice choice = choose(cuda, cpu);
        assertEquals(choice, choose(cpu, cuda));
        Path unpacked = folder.resolve("cache").resolve("2.0.1-cpu-linux-x86_64");
        assertEquals(
                Map.of(
                        "PYTORCH_LIBRARY_PATH", unpacked.toString(),
                        "PYTORCH_FLAVOR", "cpu",
                        "PYTORCH_VERSION", "2.0.1"),
                choice.properties());
        assertEquals("libtorch.so for cpu", Files.readString(unpacked.resolve("libtorch.so")));
        assertTrue(choice.flavor().reason().contains("the jar of PyTorch for cu118 has no libcudart"));
    }

    @Test
    void cudaAloneWithoutACardIsOneSentence() {
        assumeTrue(System.getenv("PYTORCH_LIBRARY_PATH") == null);
        var failure = assertThrows(EngineStartException.class, () -> choose(cuda));
        assertTrue(failure.getMessage().startsWith("no GPU can be used ("), failure.getMessage());
        assertTrue(failure.getMessage().contains("add ai.djl.pytorch:pytorch-native-cpu"), failure.getMessage());
    }

    @Test
    void aJarThatOnlyTellsDjlToDownloadIsNotChosen() throws IOException {
        Path placeholder = NativeJar.write(
                folder.resolve("placeholder.jar"),
                Map.of("native/lib/pytorch.properties", "placeholder=true\nversion=2.0.1\nclassifier=cu118-linux-x86_64\n"));
        assertEquals(Map.of(), choose(placeholder, cpu).properties());
    }

    @Test
    void aCacheThatCannotBeWrittenIsASentence() {
        String told = Torch.innermost(new EngineException("no library", new AccessDeniedException("/locked/cache")));
        assertEquals("its libraries cannot be unpacked, as /locked/cache cannot be written (AccessDeniedException); "
                + "set ENGINE_CACHE_DIR to a folder that can", told);
        assertEquals("no such symbol", Torch.innermost(new EngineException("no library", new LinkageError("no such symbol"))));
    }
}
