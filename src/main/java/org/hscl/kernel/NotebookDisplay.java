package org.hscl.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayDataRenderable;
import io.github.spencerpark.jupyter.kernel.display.RenderContext;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Shows HTML under the running cell from library code, on this project's kernel and on stock IJava alike.
 *
 * <p>IJava is reached by name: it is never on our class path at build time. A kernel that hands out its display only when
 * it loads a library, as Kotlin's does, is made known by {@link #use}. On any other kernel and outside of a notebook
 * {@link #available()} is false, and the caller returns its HTML instead of showing it.
 */
public final class NotebookDisplay {
    private static final String IJAVA_DISPLAY = "io.github.spencerpark.ijava.runtime.Display";
    private static final String[] HTML = {"text/html"};

    private static volatile @Nullable Outlet other;

    private NotebookDisplay() {
    }

    /** How another kernel shows HTML, and replaces what it showed under an id. */
    public interface Outlet {
        void show(String html, String id);

        void update(String html, String id);
    }

    /** Shows through {@code outlet} from now on; null undoes that. */
    public static void use(@Nullable Outlet outlet) {
        other = outlet;
    }

    /** Whether {@link #html} can show anything in this process. */
    public static boolean available() {
        return other != null || JavaKernel.running() || ijava().isPresent();
    }

    /**
     * Shows {@code html} under the running cell and returns the id by which {@link #update} replaces it.
     *
     * @throws IllegalStateException if this process is no notebook kernel
     */
    public static String html(String html) {
        Outlet outlet = other;
        if (outlet != null) {
            String id = UUID.randomUUID().toString();
            outlet.show(html, id);
            return id;
        }
        if (JavaKernel.running() || ijava().isEmpty()) {
            return Display.display(new Page(html), HTML);
        }
        Class<?>[] types = {Object.class, String[].class};
        return String.valueOf(call(ijava().get(), "display", types, new Page(html), HTML));
    }

    /**
     * Replaces what {@link #html} showed under {@code id}, in place.
     *
     * @throws IllegalStateException if this process is no notebook kernel
     */
    public static void update(String id, String html) {
        Outlet outlet = other;
        if (outlet != null) {
            outlet.update(html, id);
        } else if (JavaKernel.running() || ijava().isEmpty()) {
            Display.updateDisplay(id, new Page(html), HTML);
        } else {
            Class<?>[] types = {String.class, Object.class, String[].class};
            call(ijava().get(), "updateDisplay", types, id, new Page(html), HTML);
        }
    }

    /** HTML alone: a kernel writes a bare string into the notebook twice, the second time as text. */
    record Page(String html) implements DisplayDataRenderable {
        @Override
        public void render(RenderContext context) {
            context.renderIfRequested(MIMEType.TEXT_HTML, () -> html);
        }

        @Override
        public String toString() {
            return "HTML";
        }
    }

    private static Optional<Class<?>> ijava() {
        try {
            return Optional.of(Class.forName(IJAVA_DISPLAY, true, NotebookDisplay.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Object call(Class<?> display, String method, Class<?>[] types, Object... arguments) {
        try {
            return display.getMethod(method, types).invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("IJava could not " + method + ": " + e.getCause().getMessage(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This IJava has no " + method + "; version 1.3.0 has it.", e);
        }
    }
}
