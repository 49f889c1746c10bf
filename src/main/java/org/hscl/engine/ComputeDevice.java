package org.hscl.engine;

import static java.util.stream.Collectors.joining;

import ai.djl.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hscl.engine.CudaProbe.Gpu;

/**
 * The device that runs the maths, and why.
 *
 * @param device CPU or one GPU
 * @param reason one sentence for the user
 */
public record ComputeDevice(Device device, String reason) {

    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final Pattern BFLOAT16 = Pattern.compile("\\b(avx512_bf16|amx_bf16)\\b");
    private static final Pattern GPU = Pattern.compile("gpu(?:\\((\\d+)\\)|:?(\\d+))?");

    /**
     * Chooses a device.
     *
     * @param request {@code auto}, {@code cpu}, {@code gpu} or {@code gpu(i)}
     * @return the device; the CPU, with the reason, where a GPU was asked for and there is none
     * @throws IllegalArgumentException if the request is none of these
     */
    public static ComputeDevice choose(String request) {
        String wanted = request.strip().toLowerCase(Locale.ROOT);
        if (wanted.equals("cpu")) {
            return new ComputeDevice(Device.cpu(), "CPU, as asked for");
        }
        boolean auto = wanted.equals("auto");
        Matcher gpu = GPU.matcher(wanted);
        if (!auto && !gpu.matches()) {
            throw new IllegalArgumentException("device is '" + request + "'; give auto, cpu, gpu or gpu(i)");
        }
        return among(Torch.gpus(), auto ? OptionalInt.empty() : OptionalInt.of(index(gpu)), Torch.flavor().reason());
    }

    /**
     * Chooses a card.
     *
     * @param gpus those that can be used
     * @param index the one asked for; empty for the first, if any
     * @param reason why there is none
     */
    static ComputeDevice among(List<Gpu> gpus, OptionalInt index, String reason) {
        for (Gpu gpu : gpus) {
            if (gpu.index() == index.orElse(gpu.index())) {
                String why = "GPU %d, %s, compute capability %s".formatted(gpu.index(), gpu.name(), gpu.capability());
                return new ComputeDevice(Device.gpu(gpu.index()), why);
            }
        }
        String asked = index.isEmpty()
                ? ""
                : "GPU %d was asked for, but this engine sees %d; ".formatted(index.getAsInt(), gpus.size());
        String why = gpus.isEmpty()
                ? (reason.isEmpty() ? "PyTorch finds no GPU" : reason)
                : "give " + gpus.stream().map(gpu -> "gpu(%d)".formatted(gpu.index())).collect(joining(" or "));
        return new ComputeDevice(Device.cpu(), "CPU: " + asked + why);
    }

    /**
     * Whether it computes in bfloat16, rather than imitating it: an x86 processor with {@code avx512_bf16} or {@code amx_bf16}, an
     * NVIDIA card of compute capability 8.0 or more.
     */
    public boolean hasBfloat16() {
        return device.isGpu()
                ? Torch.gpus().stream().anyMatch(gpu -> gpu.index() == device.getDeviceId() && gpu.major() >= 8)
                : hasBfloat16(PROCESSOR);
    }

    /** The same of the processor that a file such as Linux's {@code /proc/cpuinfo} describes; false where there is none. */
    static boolean hasBfloat16(Path description) {
        try (Stream<String> lines = Files.lines(description)) {
            return lines.filter(line -> line.startsWith("flags")).findFirst().filter(BFLOAT16.asPredicate()).isPresent();
        } catch (IOException | UncheckedIOException e) {
            return false; // no such file on macOS and Windows
        }
    }

    private static int index(Matcher gpu) {
        String number = gpu.group(1) != null ? gpu.group(1) : gpu.group(2);
        return number == null ? 0 : Integer.parseInt(number);
    }
}
