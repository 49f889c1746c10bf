package org.hscl.engine;

import ai.djl.engine.Engine;
import java.util.Map;

/** What computed a result. */
public final class Versions {

    private Versions() {}

    /** Versions of this library, of Java, of DJL, of PyTorch, and the system. */
    public static Map<String, String> all() {
        String own = Versions.class.getPackage().getImplementationVersion();
        return Map.of(
                "hscl", own == null ? "from source" : own,
                "java", System.getProperty("java.version"),
                "djl", Engine.getDjlVersion(),
                "pytorch", Torch.engine().getVersion(),
                "system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }
}
