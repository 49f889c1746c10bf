package org.hscl.engine;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Asks the CUDA runtime which cards there are. This needs one library of 0.7 MB, so a machine without a card never unpacks
 * the other gigabytes.
 *
 * @param gpus the cards that the engine can use
 * @param trouble why there is none, a clause for the user; empty if there are some
 */
record CudaProbe(List<Gpu> gpus, String trouble) {

    /** Compute capabilities times ten that PyTorch 2.0.1 for CUDA 11.8 has kernels for. */
    private static final int OLDEST = 37;

    private static final int NEWEST = 90;

    /**
     * The answer of one runtime library.
     *
     * @param flavor of the engine that is to run; only {@code cu118}'s kernels are known, others are trusted
     */
    static CudaProbe of(CudaRuntime cuda, String flavor) {
        int[] count = new int[1];
        int code = cuda.cudaGetDeviceCount(count);
        if (code != 0) {
            return new CudaProbe(List.of(), trouble(cuda, code));
        }
        List<Gpu> all = IntStream.range(0, count[0]).mapToObj(index -> describe(cuda, index)).toList();
        if (all.isEmpty()) {
            return new CudaProbe(List.of(), trouble(cuda, CudaRuntime.ERROR_NO_DEVICE));
        }
        List<Gpu> usable = all.stream().filter(gpu -> hasKernels(gpu, flavor)).toList();
        return new CudaProbe(usable, usable.isEmpty() ? noKernels(all.get(0)) : "");
    }

    private static boolean hasKernels(Gpu gpu, String flavor) {
        int capability = 10 * gpu.major() + gpu.minor();
        return !flavor.startsWith("cu118") || capability >= OLDEST && capability <= NEWEST;
    }

    private static String noKernels(Gpu gpu) {
        return "the %s has compute capability %s, but this engine has kernels for 3.7 to 9.0"
                .formatted(gpu.name(), gpu.capability());
    }

    private static String trouble(CudaRuntime cuda, int code) {
        return switch (code) {
            case CudaRuntime.INSUFFICIENT_DRIVER -> driverVersion(cuda) == 0
                    ? "there is no NVIDIA driver; if there is a card, install driver 450.80.02 or later"
                    : "the NVIDIA driver is too old, it serves CUDA %s; install driver 450.80.02 or later"
                            .formatted(version(driverVersion(cuda)));
            case CudaRuntime.ERROR_NO_DEVICE -> "the NVIDIA driver finds no GPU, or CUDA_VISIBLE_DEVICES hides it";
            default -> "CUDA does not start: %s (error %d); see whether nvidia-smi lists the card"
                    .formatted(cuda.cudaGetErrorString(code), code);
        };
    }

    private static Gpu describe(CudaRuntime cuda, int index) {
        byte[] properties = new byte[CudaRuntime.PROPERTIES];
        boolean named = cuda.cudaGetDeviceProperties(properties, index) == 0;
        return new Gpu(
                index,
                named ? CudaRuntime.string(properties) : "GPU " + index,
                attribute(cuda, CudaRuntime.CAPABILITY_MAJOR, index),
                attribute(cuda, CudaRuntime.CAPABILITY_MINOR, index));
    }

    private static int attribute(CudaRuntime cuda, int attribute, int index) {
        int[] value = new int[1];
        return cuda.cudaDeviceGetAttribute(value, attribute, index) == 0 ? value[0] : 0;
    }

    /** The newest CUDA version that the driver serves, as 1000 · major + 10 · minor, or 0. */
    static int driverVersion(CudaRuntime cuda) {
        int[] version = new int[1];
        return cuda.cudaDriverGetVersion(version) == 0 ? version[0] : 0;
    }

    /** 11080 → 11.8. */
    static String version(int number) {
        return number / 1000 + "." + number % 1000 / 10;
    }
}
