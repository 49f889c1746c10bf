package org.hscl.engine;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hscl.engine.CudaProbe.CudaRuntime;

/**
 * Makes the CUDA libraries of the class path loadable, so that a GPU needs its driver and nothing else: no toolkit, no cuDNN
 * installation, no library path. DJL would load the libraries of its own jar in no particular order, and cuDNN, which that jar
 * lacks, not at all.
 *
 * @param bundle PyTorch for CUDA
 * @param loader reads the class path
 * @param cache the folder below which DJL keeps PyTorch's libraries
 */
record CudaPreload(NativeBundle bundle, ClassLoader loader, Path cache) implements NativeFlavor.Cuda {

    /** cuDNN 8 lies in CUDA's redistributable by Bytedeco. */
    private static final String REDISTRIBUTABLE = "org/bytedeco/cuda/linux-x86_64/";

    private static final List<String> CUDNN = List.of(
            "libcudnn_ops_infer.so.8",
            "libcudnn_ops_train.so.8",
            "libcudnn_cnn_infer.so.8",
            "libcudnn_cnn_train.so.8",
            "libcudnn_adv_infer.so.8",
            "libcudnn_adv_train.so.8",
            "libcudnn.so.8");

    /** What cuDNN needs, to be loaded before it: only the file names have hashes, the names asked for have none. */
    private static final List<String> BEFORE_CUDNN = List.of("libcublasLt[-.].*", "libcublas[-.].*");

    private interface C extends Library {
        int setenv(String name, String value, int overwrite);
    }

    /** Unpacks the CUDA runtime alone and binds it; DJL is led to the same file. */
    @Override
    public CudaRuntime runtime() throws IOException {
        String library = bundle.libraries().stream()
                .filter(name -> name.startsWith("libcudart"))
                .findFirst()
                .orElseThrow(() -> new IOException("the jar of PyTorch for " + bundle.flavor() + " has no libcudart"));
        Path folder = cache.resolve("cudart-" + bundle.folder());
        Unpacking.unpack(Map.of("libcudart.so", bundle.resource(library)), folder, loader);
        NativeLibrary.addSearchPath("cudart", folder.toString());
        return CudaRuntime.load(folder.resolve("libcudart.so"));
    }

    /**
     * Unpacks everything and loads what PyTorch's libraries do not find by themselves.
     *
     * @throws IOException if a library is missing or the disk is too small
     * @throws UnsatisfiedLinkError if a library does not load
     */
    @Override
    public Path load() throws IOException {
        checkZlib();
        Path folder = cache.resolve(bundle.folder());
        Unpacking.unpack(resources(), folder, loader);
        for (String pattern : BEFORE_CUDNN) {
            bundle.libraries().stream().filter(name -> name.matches(pattern)).forEach(name -> load(folder, name));
        }
        if (!bringsCudnn()) {
            CUDNN.forEach(name -> load(folder, name));
        }
        // PyTorch reads the variable when it starts, and has no other switch that DJL reaches; 0 keeps what the user set.
        Native.load("c", C.class).setenv("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE", "1", 0);
        Torch.setUnlessSet("ai.djl.pytorch.cudnn_benchmark", "true");
        return folder;
    }

    /** cuDNN's version, such as 8600, from a folder that {@link #load()} returned. */
    static Optional<Long> cudnnVersion(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("libcudnn.so"))
                    .findFirst()
                    .map(file -> (Long) NativeLibrary.getInstance(file.toString())
                            .getFunction("cudnnGetVersion")
                            .invoke(Long.class, new Object[0]));
        }
    }

    private Map<String, String> resources() {
        Map<String, String> resources = new LinkedHashMap<>();
        if (!bringsCudnn()) {
            CUDNN.forEach(name -> resources.put(name, REDISTRIBUTABLE + name));
        }
        resources.putAll(bundle.resources());
        return resources;
    }

    private boolean bringsCudnn() {
        return bundle.libraries().stream().anyMatch(name -> name.startsWith("libcudnn"));
    }

    /** cuDNN needs it, and finding out after unpacking gigabytes would be late. */
    private static void checkZlib() throws IOException {
        try {
            NativeLibrary.getInstance("libz.so.1");
        } catch (UnsatisfiedLinkError e) {
            throw new IOException("cuDNN needs the system's libz.so.1; install zlib (Debian and Ubuntu: zlib1g)", e);
        }
    }

    private static void load(Path folder, String library) {
        System.load(folder.resolve(library).toAbsolutePath().toString());
    }
}
