package org.hscl.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * One build of PyTorch's native libraries, as a jar of the class path describes it for DJL.
 *
 * @param version of PyTorch, with the day of the build
 * @param flavor {@code cpu}, or {@code cu118} and the like
 * @param classifier system and processor, such as {@code linux-x86_64}
 * @param libraries file names
 */
record NativeBundle(String version, String flavor, String classifier, List<String> libraries) {

    private static final String DESCRIPTION = "native/lib/pytorch.properties";
    private static final String LAST = System.mapLibraryName("torch");

    /** The bundles of the class path, in its order; those that only tell DJL to download are left out. */
    static List<NativeBundle> onClassPath(ClassLoader loader) throws IOException {
        List<NativeBundle> bundles = new ArrayList<>();
        for (URL url : Collections.list(loader.getResources(DESCRIPTION))) {
            Properties description = new Properties();
            try (InputStream stream = url.openStream()) {
                description.load(stream);
            }
            String libraries = description.getProperty("libraries", "");
            if (!libraries.isEmpty()) {
                bundles.add(new NativeBundle(
                        description.getProperty("version"),
                        description.getProperty("flavor", "cpu"),
                        description.getProperty("classifier", ""),
                        List.of(libraries.split(","))));
            }
        }
        return bundles;
    }

    boolean isCuda() {
        return flavor.startsWith("cu");
    }

    /** The folder that DJL unpacks this bundle to, below its cache. */
    String folder() {
        return version + '-' + flavor + '-' + classifier;
    }

    /** Where a library lies in the jar. */
    String resource(String library) {
        return "pytorch/" + flavor + '/' + classifier + '/' + library;
    }

    /** All libraries and where they lie, libtorch.so last: where it is, DJL takes a folder for whole. */
    Map<String, String> resources() {
        Map<String, String> resources = new LinkedHashMap<>();
        libraries.stream()
                .sorted(Comparator.comparing(LAST::equals)) // stable: false before true
                .forEach(library -> resources.put(library, resource(library)));
        return resources;
    }
}
