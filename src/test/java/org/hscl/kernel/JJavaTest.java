package org.hscl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library on JJava; classes of its names and methods stand in for it. */
class JJavaTest {

    private static final String KERNEL = "org.dflib.jjava.jupyter.kernel";

    /** By class: its source, in the package of its name. */
    private static final Map<String, String> SOURCES = Map.of(
            "display.DisplayData", """
                    public class DisplayData {
                        public final java.util.Map<String, Object> data = new java.util.TreeMap<>();
                        public void putHTML(String html) { data.put("text/html", html); }
                    }
                    """,
            "display.RenderContext", """
                    public class RenderContext {
                        private final DisplayData out = new DisplayData();
                        public DisplayData getOutputContainer() { return out; }
                    }
                    """,
            "display.DisplayDataRenderable", """
                    public interface DisplayDataRenderable {
                        default java.util.Set<String> getSupportedRenderTypes() { return java.util.Set.of("*"); }
                        void render(RenderContext context);
                    }
                    """,
            "display.RenderFunction", "public interface RenderFunction<T> { void render(T data, RenderContext context); }",
            "display.Renderer", """
                    public class Renderer {
                        public final java.util.Map<Class<?>, RenderFunction> functions = new java.util.HashMap<>();
                        public class RenderRegistration<T> {
                            private final Class<T> type;
                            RenderRegistration(Class<T> type) { this.type = type; }
                            public RenderRegistration<T> preferring(String... types) { return this; }
                            public void register(RenderFunction<T> function) { functions.put(type, function); }
                        }
                        public <T> RenderRegistration<T> createRegistration(Class<T> type) { return new RenderRegistration<>(type); }
                        public Object html(Object value) {
                            RenderContext context = new RenderContext();
                            functions.get(value.getClass()).render(value, context);
                            return context.getOutputContainer().data.get("text/html");
                        }
                    }
                    """,
            "BaseKernel", """
                    public class BaseKernel {
                        private static final BaseKernel KERNEL = new BaseKernel();
                        private final %1$s.display.Renderer renderer = new %1$s.display.Renderer();
                        public static BaseKernel notebookKernel() { return KERNEL; }
                        public %1$s.display.Renderer getRenderer() { return renderer; }
                    }
                    """.formatted(KERNEL),
            "BaseNotebookStatics", """
                    public class BaseNotebookStatics {
                        public static String calls = "";
                        private static String shown(Object o) {
                            var renderable = (%1$s.display.DisplayDataRenderable) o;
                            var context = new %1$s.display.RenderContext();
                            renderable.render(context);
                            return renderable.getSupportedRenderTypes() + " " + context.getOutputContainer().data + " " + o;
                        }
                        public static String display(Object o, String... as) {
                            calls += "display " + shown(o) + "; ";
                            return "id-7";
                        }
                        public static void updateDisplay(String id, Object o, String... as) {
                            calls += "update " + id + " " + shown(o) + "; ";
                        }
                    }
                    """.formatted(KERNEL));

    @Test
    void htmlIsDisplayedAndValuesAreRenderedThroughJJava(@TempDir Path folder) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-nowarn", "-Xlint:none", "-d", folder.toString()));
        for (Map.Entry<String, String> source : SOURCES.entrySet()) {
            String name = KERNEL + "." + source.getKey();
            Path file = folder.resolve("source").resolve(name.replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "package " + name.substring(0, name.lastIndexOf('.')) + ";\n" + source.getValue());
            arguments.add(file.toString());
        }
        assertEquals(0, ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, arguments.toArray(String[]::new)));
        try (URLClassLoader withJJava = new URLClassLoader(StockIJavaTest.classPathAnd(folder), ClassLoader.getPlatformClassLoader())) {
            Class<?> notebook = withJJava.loadClass(NotebookDisplay.class.getName());
            assertEquals(true, notebook.getMethod("available").invoke(null));
            Object id = notebook.getMethod("html", String.class).invoke(null, "<b>a</b>");
            notebook.getMethod("update", String.class, String.class).invoke(null, id, "<b>b</b>");
            Class<?> statics = withJJava.loadClass(KERNEL + ".BaseNotebookStatics");
            assertEquals("display [*] {text/html=<b>a</b>} HTML; update id-7 [*] {text/html=<b>b</b>} HTML; ",
                    statics.getField("calls").get(null));

            Function<Object, String> html = value -> "<i>" + value + "</i>";
            notebook.getMethod("render", Class.class, Function.class).invoke(null, Integer.class, html);
            Object kernel = withJJava.loadClass(KERNEL + ".BaseKernel").getMethod("notebookKernel").invoke(null);
            Object renderer = kernel.getClass().getMethod("getRenderer").invoke(kernel);
            assertEquals("<i>7</i>", renderer.getClass().getMethod("html", Object.class).invoke(renderer, 7));
        }
    }
}
