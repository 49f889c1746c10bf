package org.hscl.engine;

import ai.djl.util.Utils;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leads DJL to one build of PyTorch. By itself DJL takes the first jar of the class path that seems to fit, fetches another
 * over the network where none does, and never falls back from CUDA; here the order of the jars is of no account.
 *
 * @param flavor what was chosen, and why
 * @param properties system properties that make DJL follow; none where it has but one way to go
 */
record EngineChoice(NativeFlavor flavor, Map<String, String> properties) {

    private static final String PATH = "PYTORCH_LIBRARY_PATH";
    private static final String FLAVOR = "PYTORCH_FLAVOR";
    private static final String VERSION = "PYTORCH_VERSION";

    /**
     * Chooses, and unpacks what was chosen.
     *
     * @param loader reads the class path
     * @param cache the folder below which DJL keeps PyTorch's libraries
     * @throws EngineStartException if the libraries cannot be unpacked, or those for the CPU are needed and not there
     */
    static EngineChoice make(ClassLoader loader, Path cache) {
        try {
            List<NativeBundle> bundles = NativeBundle.onClassPath(loader);
            Optional<NativeBundle> cuda = bundles.stream().filter(NativeBundle::isCuda).findFirst();
            if (cuda.isEmpty()) {
                return leave("cpu", "this is the CPU build; the Maven profiles cu118 and cu124 build for NVIDIA cards");
            }
            String asked = Utils.getEnvOrSystemProperty(FLAVOR, "");
            if (!Utils.getEnvOrSystemProperty(PATH, "").isEmpty()) {
                return leave(asked.isEmpty() ? "your own" : asked, PATH + " is set, so DJL uses the libraries there");
            }
            NativeFlavor flavor = asked.equals("cpu")
                    ? NativeFlavor.cpu(FLAVOR + " is cpu")
                    : NativeFlavor.decide(cuda.get().flavor(), new CudaPreload(cuda.get(), loader, cache));
            NativeBundle bundle = flavor.folder().isPresent() ? cuda.get() : cpu(bundles, flavor.reason());
            Path folder = cache.resolve(bundle.folder());
            Unpacking.unpack(bundle.resources(), folder, loader);
            return new EngineChoice(
                    flavor, Map.of(PATH, folder.toString(), FLAVOR, bundle.flavor(), VERSION, bundle.version()));
        } catch (IOException e) {
            throw new EngineStartException("PyTorch does not start: " + Torch.innermost(e), e);
        }
    }

    private static EngineChoice leave(String name, String reason) {
        return new EngineChoice(new NativeFlavor(name, Optional.empty(), List.of(), reason, 0), Map.of());
    }

    private static NativeBundle cpu(List<NativeBundle> bundles, String reason) {
        return bundles.stream().filter(bundle -> !bundle.isCuda()).findFirst().orElseThrow(() -> new EngineStartException(
                "no GPU can be used (%s), and the class path has PyTorch for CUDA only; add %s as the Maven profiles cu118 and cu124 do"
                        .formatted(reason, "ai.djl.pytorch:pytorch-native-cpu")));
    }
}
