package org.hscl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library shows HTML through IJava where that is the kernel; a class of its name and methods stands in for it. */
class StockIJavaTest {
    private static final String DISPLAY = """
            package io.github.spencerpark.ijava.runtime;
            public class Display {
                public static String calls = "";
                public static String display(Object value) { throw new AssertionError("no format"); }
                public static String display(Object value, String... formats) {
                    calls += "display " + String.join(",", formats) + "; ";
                    return "id-7";
                }
                public static void updateDisplay(String id, Object value, String... formats) {
                    calls += "update " + id + " " + String.join(",", formats) + "; ";
                }
            }
            """;

    @Test
    void htmlIsDisplayedAndUpdatedThroughIJava(@TempDir Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("Display.java"), DISPLAY);
        assertEquals(0, ToolProvider.findFirst("javac").orElseThrow()
                .run(System.out, System.err, "-d", folder.toString(), source.toString()));
        try (URLClassLoader withIJava = new URLClassLoader(classPathAnd(folder), ClassLoader.getPlatformClassLoader())) {
            Class<?> notebook = withIJava.loadClass(NotebookDisplay.class.getName());
            assertEquals(true, notebook.getMethod("available").invoke(null));
            Object id = notebook.getMethod("html", String.class).invoke(null, "<b>a</b>");
            notebook.getMethod("update", String.class, String.class).invoke(null, id, "<b>b</b>");
            Class<?> ijava = withIJava.loadClass("io.github.spencerpark.ijava.runtime.Display");
            assertEquals("display text/html; update id-7 text/html; ", ijava.getField("calls").get(null));
        }
    }

    static URL[] classPathAnd(Path folder) throws Exception {
        List<URL> urls = new ArrayList<>(List.of(folder.toUri().toURL()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
