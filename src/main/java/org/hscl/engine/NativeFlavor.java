package org.hscl.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hscl.engine.CudaProbe.CudaRuntime;
import org.hscl.engine.CudaProbe.Gpu;

/**
 * Which build of PyTorch's libraries this process uses, and why.
 *
 * @param name {@code cpu}, or {@code cu118} and the like
 * @param folder the CUDA libraries; empty for the CPU
 * @param gpus the cards that can be used
 * @param reason a clause that says why there is none; empty if there are some
 * @param driver the newest CUDA version that the driver serves, as 1000 · major + 10 · minor; 0 without a driver or not asked
 */
record NativeFlavor(String name, Optional<Path> folder, List<Gpu> gpus, String reason, int driver) {

    /** How CUDA's libraries are reached; a test gives its own. */
    interface Cuda {

        /** The runtime, for the probe. */
        CudaRuntime runtime() throws IOException;

        /** Loads all libraries and returns their folder. */
        Path load() throws IOException;
    }

    /** The CPU, because of something. */
    static NativeFlavor cpu(String reason) {
        return new NativeFlavor("cpu", Optional.empty(), List.of(), reason, 0);
    }

    /**
     * CUDA if a card can be used, else the CPU: whatever keeps a card from use ends in the reason, not in an exception.
     *
     * @param flavor of the CUDA build, such as {@code cu118}
     */
    static NativeFlavor decide(String flavor, Cuda cuda) {
        int driver = 0;
        try {
            CudaRuntime runtime = cuda.runtime();
            driver = CudaProbe.driverVersion(runtime);
            CudaProbe probe = CudaProbe.of(runtime, flavor);
            return probe.gpus().isEmpty()
                    ? new NativeFlavor("cpu", Optional.empty(), List.of(), probe.trouble(), driver)
                    : new NativeFlavor(flavor, Optional.of(cuda.load()), probe.gpus(), "", driver);
        } catch (IOException | UnsatisfiedLinkError e) {
            String reason = "the CUDA libraries cannot be used: " + e.getMessage();
            return new NativeFlavor("cpu", Optional.empty(), List.of(), reason, driver);
        }
    }
}
