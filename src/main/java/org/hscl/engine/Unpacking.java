package org.hscl.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies libraries from the class path to a folder, so that a kill or a second process never leaves half a file there. */
final class Unpacking {

    private Unpacking() {}

    /**
     * Unpacks what the folder lacks.
     *
     * @param resources file name → place on the class path, copied in this order
     * @param folder is created; a file with the right name is taken for whole, because each arrives by renaming
     * @param loader reads the class path
     * @throws IOException if a resource is missing or the disk is too small; nothing half-written stays
     */
    static void unpack(Map<String, String> resources, Path folder, ClassLoader loader) throws IOException {
        Files.createDirectories(folder);
        Map<String, URL> missing = new LinkedHashMap<>();
        long bytes = 0;
        for (var resource : resources.entrySet()) {
            if (!Files.exists(folder.resolve(resource.getKey()))) {
                URL url = loader.getResource(resource.getValue());
                if (url == null) {
                    throw new IOException("no jar of the class path has " + resource.getValue());
                }
                missing.put(resource.getKey(), url);
                bytes += size(url);
            }
        }
        if (!missing.isEmpty()) {
            checkSpace(folder, bytes);
            copy(missing, folder);
        }
    }

    private static long size(URL url) throws IOException {
        var connection = url.openConnection();
        connection.setUseCaches(false);
        connection.getInputStream().close(); // or the jar stays open
        return connection.getContentLengthLong();
    }

    private static void checkSpace(Path folder, long bytes) throws IOException {
        long free = folder.toFile().getUsableSpace(); // a FileStore needs the mount table, which a sandbox may lack
        if (free < bytes) {
            throw new IOException("%s needs %.1f GB and has %.1f; free some space, or set ENGINE_CACHE_DIR to another folder"
                    .formatted(folder, bytes / 1e9, free / 1e9));
        }
        if (bytes > 1e9) { // half a minute or so: say what takes so long
            System.err.printf("Unpacking %.1f GB of CUDA libraries to %s, this once …%n", bytes / 1e9, folder);
        }
    }

    private static void copy(Map<String, URL> files, Path folder) throws IOException {
        Path aside = Files.createTempDirectory(folder.toAbsolutePath().getParent(), "unpacking-");
        try {
            for (var file : files.entrySet()) {
                Path part = aside.resolve(file.getKey());
                try (InputStream stream = file.getValue().openStream()) {
                    Files.copy(stream, part);
                    Files.move(part, folder.resolve(file.getKey()), StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    Files.deleteIfExists(part);
                }
            }
        } finally {
            Files.delete(aside);
        }
    }
}
