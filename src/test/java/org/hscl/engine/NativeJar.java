package org.hscl.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Makes jars like those that carry PyTorch's libraries, with words for libraries. */
final class NativeJar {

    private NativeJar() {}

    /** A jar that describes and holds a build of PyTorch, its libraries for {@code linux-x86_64}. */
    static Path write(Path folder, String flavor, String... libraries) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        entries.put("native/lib/pytorch.properties", "version=2.0.1\nflavor=%s\nclassifier=linux-x86_64\nlibraries=%s\n"
                .formatted(flavor, String.join(",", libraries)));
        for (String library : libraries) {
            entries.put("pytorch/" + flavor + "/linux-x86_64/" + library, library + " for " + flavor);
        }
        return write(folder.resolve(flavor + ".jar"), entries);
    }

    /** A jar of given entries. */
    static Path write(Path file, Map<String, String> entries) throws IOException {
        try (OutputStream stream = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(stream)) {
            for (var entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    /** A class path of these jars and nothing else. */
    static URLClassLoader classPath(Path... jars) throws IOException {
        URL[] urls = new URL[jars.length];
        for (int i = 0; i < jars.length; i++) {
            urls[i] = jars[i].toUri().toURL();
        }
        return new URLClassLoader(urls, null);
    }
}
