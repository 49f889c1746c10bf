package org.hscl.engine;

import ai.djl.util.Utils;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Leads DJL to one build of PyTorch. By itself DJL takes the first jar of the class path that seems to fit, fetches another
 * over the network where none does, and never falls back from CUDA; here the order of the jars is of no account.
 */
final class EngineChoice {

    private static final String PATH = "PYTORCH_LIBRARY_PATH";
    private static final String FLAVOR = "PYTORCH_FLAVOR";
    private static final String VERSION = "PYTORCH_VERSION";

    private EngineChoice() {}

    /**
     * Decides for this process, before DJL starts.
     *
     * @param loader reads the class path
     * @throws IllegalStateException if the libraries cannot be unpacked, or those for the CPU are needed and not there
     */
    static NativeFlavor make(ClassLoader loader) {
        try {
            List<NativeBundle> bundles = NativeBundle.onClassPath(loader);
            Optional<NativeBundle> cuda = bundles.stream().filter(NativeBundle::isCuda).findFirst();
            if (cuda.isEmpty()) {
                return NativeFlavor.cpu("this is the CPU build; the Maven profile cu118 builds for NVIDIA cards");
            }
            if (isSet(PATH)) {
                return NativeFlavor.cpu(PATH + " is set, so DJL uses the libraries there");
            }
            NativeFlavor flavor = "cpu".equals(Utils.getEnvOrSystemProperty(FLAVOR))
                    ? NativeFlavor.cpu(FLAVOR + " is cpu")
                    : NativeFlavor.decide(cuda.get().flavor(), new CudaPreload(cuda.get(), loader));
            NativeBundle bundle = flavor.gpus().isEmpty() ? cpu(bundles, flavor.reason()) : cuda.get();
            tell(bundle, flavor.folder().isPresent() ? flavor.folder().get() : unpack(bundle, loader));
            return flavor;
        } catch (IOException e) {
            throw new IllegalStateException("PyTorch's libraries cannot be unpacked: " + e.getMessage(), e);
        }
    }

    private static NativeBundle cpu(List<NativeBundle> bundles, String reason) {
        return bundles.stream().filter(bundle -> !bundle.isCuda()).findFirst().orElseThrow(() -> new IllegalStateException(
                "no GPU can be used (%s), and the class path has PyTorch for CUDA only; add %s as the Maven profile cu118 does"
                        .formatted(reason, "ai.djl.pytorch:pytorch-native-cpu")));
    }

    private static Path unpack(NativeBundle bundle, ClassLoader loader) throws IOException {
        Path folder = Utils.getEngineCacheDir("pytorch").resolve(bundle.folder());
        Unpacking.unpack(bundle.resources(), folder, loader);
        return folder;
    }

    private static void tell(NativeBundle bundle, Path folder) {
        System.setProperty(PATH, folder.toString());
        System.setProperty(FLAVOR, bundle.flavor());
        System.setProperty(VERSION, bundle.version());
    }

    private static boolean isSet(String name) {
        String value = Utils.getEnvOrSystemProperty(name);
        return value != null && !value.isEmpty();
    }
}
