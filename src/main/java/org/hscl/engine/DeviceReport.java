package org.hscl.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hscl.engine.CudaProbe.Gpu;

/**
 * What a training would run on here, and why.
 *
 * @param device what {@code auto} chooses, with the reason
 * @param system the operating system, Java and the number of processors
 * @param engine PyTorch's and DJL's versions
 * @param flavor which build of PyTorch: {@code cpu}, or {@code cu118} and the like
 * @param libraries the folder of PyTorch's libraries
 * @param threads CPU threads that one operation may use
 * @param driver the NVIDIA driver, and the newest CUDA version that it serves
 * @param gpus the cards that can be used, each with its free memory
 * @param cudnn cuDNN's version, or that it is not loaded
 * @param speed whether TF32 and cuDNN's choice of the fastest algorithm are on
 */
public record DeviceReport(
        ComputeDevice device,
        String system,
        String engine,
        String flavor,
        String libraries,
        int threads,
        String driver,
        List<String> gpus,
        String cudnn,
        String speed) {

    private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

    /** Starts the engine and reports. */
    public static DeviceReport take() {
        ComputeDevice device = ComputeDevice.choose("auto");
        Engine engine = Torch.engine();
        NativeFlavor flavor = Torch.flavor();
        try {
            return new DeviceReport(
                    device,
                    "%s %s, Java %s, %d processors".formatted(
                            System.getProperty("os.name"),
                            System.getProperty("os.arch"),
                            System.getProperty("java.version"),
                            Runtime.getRuntime().availableProcessors()),
                    "PyTorch %s, DJL %s".formatted(engine.getVersion(), Engine.getDjlVersion()),
                    flavor.name(),
                    LibUtils.getLibtorchPath(),
                    JniUtils.getNumThreads(),
                    driver(flavor.driver()),
                    Torch.gpus().stream().map(gpu -> describe(gpu)).toList(),
                    cudnnVersion(flavor.folder()),
                    speed(flavor));
        } catch (IOException e) {
            throw new UncheckedIOException("a library or the driver's version cannot be read: " + e.getMessage(), e);
        }
    }

    private static String driver(int cuda) throws IOException {
        String serves = cuda == 0 ? "" : "serves CUDA up to " + CudaProbe.version(cuda);
        if (!Files.exists(DRIVER)) {
            return serves.isEmpty() ? "none found" : serves;
        }
        String version = Files.readString(DRIVER).lines().findFirst().orElse("").replaceFirst("^NVRM version: *", "");
        return serves.isEmpty() ? version : version + "; " + serves;
    }

    private static String describe(Gpu gpu) {
        MemoryUsage memory = CudaUtils.getGpuMemory(Device.gpu(gpu.index()));
        double gib = 1L << 30;
        return "%d: %s, compute capability %s, %.1f of %.1f GiB free".formatted(
                gpu.index(),
                gpu.name(),
                gpu.capability(),
                (memory.getMax() - memory.getCommitted()) / gib,
                memory.getMax() / gib);
    }

    private static String cudnnVersion(Optional<Path> folder) throws IOException {
        Optional<Long> version = folder.isPresent() ? CudaPreload.cudnnVersion(folder.get()) : Optional.empty();
        return version.map(number -> {
            long unit = number < 90_000 ? 1_000 : 10_000; // cuDNN 9 changed how it counts
            return "%d.%d.%d".formatted(number / unit, number % unit / 100, number % 100);
        }).orElse("not loaded");
    }

    private static String speed(NativeFlavor flavor) {
        String chosen = System.getenv("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE");
        boolean tf32 = chosen == null ? flavor.folder().isPresent() : chosen.equals("1");
        if (Torch.gpus().isEmpty()) {
            return "TF32 and cuDNN autotuning need a GPU";
        }
        return "TF32 %s, cuDNN autotuning %s".formatted(
                tf32 ? "on" : "off", Boolean.getBoolean("ai.djl.pytorch.cudnn_benchmark") ? "on" : "off");
    }

    /** One line a fact, the device first. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("would use", device.reason()));
        lines.add(line("system", system));
        lines.add(line("engine", engine + ", build " + flavor));
        lines.add(line("libraries", libraries));
        lines.add(line("threads", threads + " a CPU operation"));
        lines.add(line("driver", driver));
        gpus.forEach(gpu -> lines.add(line("GPU", gpu)));
        lines.add(line("cuDNN", cudnn));
        lines.add(line("speed", speed));
        return lines;
    }

    private static String line(String what, String value) {
        return "%-10s %s".formatted(what, value);
    }
}
