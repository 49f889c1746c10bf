package org.hscl.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackingTest {

    @TempDir
    private Path root;

    private Path folder;
    private URLClassLoader loader;

    @BeforeEach
    void open() throws IOException {
        folder = root.resolve("cache").resolve("libraries");
        loader = NativeJar.classPath(NativeJar.write(root.resolve("natives.jar"), Map.of("in/a", "one", "in/b", "two")));
    }

    @AfterEach
    void close() throws IOException {
        loader.close();
    }

    private List<String> files(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void everyFileArrivesAndNothingElseStays() throws IOException {
        Unpacking.unpack(Map.of("liba.so", "in/a", "libb.so", "in/b"), folder, loader);
        assertEquals(List.of("liba.so", "libb.so"), files(folder));
        assertEquals("two", Files.readString(folder.resolve("libb.so")));
        assertEquals(List.of("libraries"), files(folder.getParent()));
    }

    @Test
    void whatIsThereIsKept() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("liba.so"), "from an earlier start");
        Unpacking.unpack(Map.of("liba.so", "in/a", "libb.so", "in/b"), folder, loader);
        assertEquals("from an earlier start", Files.readString(folder.resolve("liba.so")));
        assertEquals("two", Files.readString(folder.resolve("libb.so")));
    }

    @Test
    void aDiskTooSmallIsSaidBeforeAnythingIsUnpacked() {
        ClassLoader huge = new ClassLoader() {
            @Override
            public URL getResource(String name) {
                try {
                    return new URL(null, "huge:" + name, new Huge());
                } catch (MalformedURLException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        var failure = assertThrows(IOException.class, () -> Unpacking.unpack(Map.of("liba.so", "in/a"), folder, huge));
        assertTrue(failure.getMessage().startsWith(folder + " needs 1000000000.0 GB and has "), failure.getMessage());
        assertTrue(failure.getMessage().endsWith("; free some space, or set ENGINE_CACHE_DIR to another folder"));
    }

    /** A library larger than any disk. */
    private static final class Huge extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return InputStream.nullInputStream();
                }

                @Override
                public long getContentLengthLong() {
                    return 1_000_000_000_000_000_000L;
                }
            };
        }
    }

    @Test
    void aMissingLibraryIsNamedBeforeAnythingIsUnpacked() throws IOException {
        var failure = assertThrows(
                IOException.class, () -> Unpacking.unpack(Map.of("liba.so", "in/a", "libc.so", "in/c"), folder, loader));
        assertEquals("no jar of the class path has in/c", failure.getMessage());
        assertEquals(List.of(), files(folder));
    }
}
