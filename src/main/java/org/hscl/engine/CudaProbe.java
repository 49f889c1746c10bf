package org.hscl.engine;

import ai.djl.util.cuda.CudaLibrary;
import com.sun.jna.Native;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

    /**
     * What a build of PyTorch serves.
     *
     * @param flavor its CUDA
     * @param oldest compute capability, times ten, of the first cards that it has kernels for
     * @param newest of the last
     * @param driver the first driver that runs it
     */
    private record Build(String flavor, int oldest, int newest, String driver) {
        String capabilities() {
            return "%d.%d to %d.%d".formatted(oldest / 10, oldest % 10, newest / 10, newest % 10);
        }
    }

    /** PyTorch 2.0.1 and 2.5.1; Maven Central has no build for newer cards. */
    private static final List<Build> BUILDS = List.of(new Build("cu118", 37, 90, "450.80.02"), new Build("cu124", 50, 90, "525.60.13"));

    private static final Build UNKNOWN = new Build("", 0, Integer.MAX_VALUE, "525.60.13");

    /**
     * The answer of one runtime library.
     *
     * @param flavor of the engine that is to run; of builds other than {@code cu118} and {@code cu124} the kernels are trusted
     */
    static CudaProbe of(CudaRuntime cuda, String flavor) {
        Build build = BUILDS.stream().filter(known -> flavor.startsWith(known.flavor())).findFirst().orElse(UNKNOWN);
        int[] count = new int[1];
        int code = cuda.cudaGetDeviceCount(count);
        if (code != 0) {
            return new CudaProbe(List.of(), trouble(cuda, code, build));
        }
        List<Gpu> all = IntStream.range(0, count[0]).mapToObj(index -> describe(cuda, index)).toList();
        if (all.isEmpty()) {
            return new CudaProbe(List.of(), trouble(cuda, CudaRuntime.ERROR_NO_DEVICE, build));
        }
        List<Gpu> usable = all.stream().filter(gpu -> hasKernels(gpu, build)).toList();
        return new CudaProbe(usable, usable.isEmpty() ? noKernels(all.get(0), build) : "");
    }

    private static boolean hasKernels(Gpu gpu, Build build) {
        int capability = 10 * gpu.major() + gpu.minor();
        return capability >= build.oldest() && capability <= build.newest();
    }

    private static String noKernels(Gpu gpu, Build build) {
        return "the %s has compute capability %s, but this engine has kernels for %s"
                .formatted(gpu.name(), gpu.capability(), build.capabilities());
    }

    private static String trouble(CudaRuntime cuda, int code, Build build) {
        return switch (code) {
            case CudaRuntime.INSUFFICIENT_DRIVER -> driverVersion(cuda) == 0
                    ? "there is no NVIDIA driver; if there is a card, install driver %s or later".formatted(build.driver())
                    : "the NVIDIA driver is too old, it serves CUDA %s; install driver %s or later"
                            .formatted(version(driverVersion(cuda)), build.driver());
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

    /**
     * A graphics card.
     *
     * @param index its number, as in {@code gpu(0)}
     * @param name the maker's name for it
     * @param major compute capability, before the dot
     * @param minor after the dot
     */
    record Gpu(int index, String name, int major, int minor) {

        /** Such as {@code 8.6}. */
        String capability() {
            return major + "." + minor;
        }
    }

    /** The CUDA runtime's functions that tell of a machine, beyond those that DJL lists. JNA binds them by name. */
    interface CudaRuntime extends CudaLibrary {

        /** Attribute numbers of {@link #cudaDeviceGetAttribute}. */
        int CAPABILITY_MAJOR = 75;

        int CAPABILITY_MINOR = 76;

        /** More than the property structure of any CUDA version has; it opens with the name, 256 bytes. */
        int PROPERTIES = 4096;

        /** The newest CUDA version that the driver serves, as 1000 · major + 10 · minor; 0 without a driver. */
        int cudaDriverGetVersion(int[] version);

        /** Fills the property structure of a device. */
        int cudaGetDeviceProperties(byte[] properties, int device);

        /** Binds a runtime library by its file. */
        static CudaRuntime load(Path library) {
            return Native.load(library.toAbsolutePath().toString(), CudaRuntime.class);
        }

        /** Reads a zero-terminated string. */
        static String string(byte[] bytes) {
            int end = 0;
            while (end < bytes.length && bytes[end] != 0) {
                end++;
            }
            return new String(bytes, 0, end, StandardCharsets.UTF_8);
        }
    }
}
