package org.hscl.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hscl.engine.CudaProbe.CudaRuntime;
import org.hscl.engine.CudaProbe.Gpu;
import org.junit.jupiter.api.Test;

class NativeFlavorTest {

    private static final Gpu CARD = new Gpu(0, "NVIDIA A100", 8, 0);

    /** How the libraries load. */
    private interface Loading {
        Path load() throws IOException;
    }

    private static NativeFlavor decide(CudaRuntime runtime, Loading loading) {
        return NativeFlavor.decide("cu118", new NativeFlavor.Cuda() {
            @Override
            public CudaRuntime runtime() {
                return runtime;
            }

            @Override
            public Path load() throws IOException {
                return loading.load();
            }
        });
    }

    @Test
    void aCardIsUsed() {
        Path folder = Path.of("libraries");
        assertEquals(
                new NativeFlavor("cu118", Optional.of(folder), List.of(CARD), "", 12020),
                decide(FakeCuda.with(CARD), () -> folder));
    }

    @Test
    void withoutACardNothingIsUnpacked() {
        NativeFlavor flavor = decide(FakeCuda.failing(100, 12020), () -> fail("must not load"));
        assertEquals("cpu", flavor.name());
        assertEquals("the NVIDIA driver finds no GPU, or CUDA_VISIBLE_DEVICES hides it", flavor.reason());
        assertEquals(12020, flavor.driver());
    }

    @Test
    void aMissingZlibOrAFullDiskLeavesTheCpuAndTheReason() {
        NativeFlavor flavor = decide(FakeCuda.with(CARD), () -> {
            throw new IOException("cuDNN needs the system's libz.so.1; install zlib");
        });
        assertEquals("cpu", flavor.name());
        assertEquals(Optional.empty(), flavor.folder());
        assertEquals(List.of(), flavor.gpus());
        assertEquals(
                "the CUDA libraries cannot be used: cuDNN needs the system's libz.so.1; install zlib", flavor.reason());
    }

    @Test
    void aLibraryThatDoesNotLoadLeavesTheCpuAndTheReason() {
        NativeFlavor flavor = decide(FakeCuda.with(CARD), () -> {
            throw new UnsatisfiedLinkError("libcudnn.so.8: wrong ELF class");
        });
        assertEquals("cpu", flavor.name());
        assertEquals("the CUDA libraries cannot be used: libcudnn.so.8: wrong ELF class", flavor.reason());
    }
}
