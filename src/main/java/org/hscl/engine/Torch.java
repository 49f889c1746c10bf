package org.hscl.engine;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.util.Utils;
import ai.djl.util.cuda.CudaUtils;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.stream.IntStream;
import org.hscl.engine.CudaProbe.Gpu;
import org.jspecify.annotations.Nullable;

/** Starts the PyTorch engine once a process, offline and without telemetry, for a GPU where one can be used. */
public final class Torch {

    /** Far more than help; without a limit, PyTorch ends the process where the system gives it no more threads. */
    private static final int MOST_THREADS = 64;

    private static final String THREADS = "ai.djl.pytorch.num_threads";

    /** A process loads native libraries once, so this is the one thing that is decided for all of it. */
    private static @Nullable NativeFlavor flavor;

    private Torch() {}

    /**
     * The PyTorch engine of this process.
     *
     * @return the engine, started at the first call; with CUDA this takes half a minute once on each machine, to unpack
     * @throws EngineStartException if no build of PyTorch on the class path can run here
     */
    public static Engine engine() {
        NativeFlavor build = flavor();
        try {
            return Engine.getEngine("PyTorch");
        } catch (EngineException | LinkageError e) {
            throw new EngineStartException("PyTorch (%s) does not start: %s%s".formatted(
                    build.name(), innermost(e), build.gpus().isEmpty() ? "" : "; PYTORCH_FLAVOR=cpu runs it on the CPU"), e);
        }
    }

    /** What lies at the bottom of it; a place that cannot be written is otherwise said as its bare name. */
    static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof FileSystemException e
                ? "its libraries cannot be unpacked, as %s cannot be written (%s); set ENGINE_CACHE_DIR to a folder that can"
                        .formatted(e.getFile(), e.getClass().getSimpleName())
                : String.valueOf(cause.getMessage());
    }

    /** The build of PyTorch that this process uses. */
    static synchronized NativeFlavor flavor() {
        if (flavor == null) {
            // Without these, DJL makes a network call when its first class loads.
            setUnlessSet("offline", "true");
            setUnlessSet("OPT_OUT_TRACKING", "true");
            var choice = EngineChoice.make(Torch.class.getClassLoader(), Utils.getEngineCacheDir("pytorch"));
            choice.properties().forEach(System::setProperty);
            flavor = choice.flavor();
        }
        return flavor;
    }

    /** The cards that PyTorch can use. */
    static List<Gpu> gpus() {
        if (!engine().hasCapability(StandardCapabilities.CUDA)) {
            return List.of();
        }
        List<Gpu> probed = flavor().gpus();
        // Libraries of the user's own choice were not probed.
        return probed.isEmpty() ? IntStream.range(0, engine().getGpuCount()).mapToObj(Torch::describe).toList() : probed;
    }

    private static Gpu describe(int index) {
        int capability = Integer.parseInt(CudaUtils.getComputeCapability(index));
        return new Gpu(index, "NVIDIA GPU", capability / 10, capability % 10);
    }

    /**
     * Fixes the number of CPU threads that one operation may use; PyTorch reads it once, so call it before the first
     * {@link #engine()}.
     *
     * @param threads from 1 to 64, or to four times the processors where that is more
     */
    public static void useThreads(int threads) {
        int most = Math.max(MOST_THREADS, 4 * Runtime.getRuntime().availableProcessors());
        if (threads < 1 || threads > most) {
            throw new IllegalArgumentException("threads is %d; give 1 … %d".formatted(threads, most));
        }
        System.setProperty(THREADS, Integer.toString(threads));
    }

    static void setUnlessSet(String property, String value) {
        System.setProperty(property, System.getProperty(property, value));
    }
}
