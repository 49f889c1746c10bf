package org.hscl.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayDataRenderable;
import io.github.spencerpark.jupyter.kernel.display.RenderContext;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shows HTML under the running cell from library code, on this project's kernel, on stock IJava and on JJava alike.
 *
 * <p>A kernel that hands out its display only when
 * it loads a library, as Kotlin's does, is made known by {@link #use}. On any other kernel and outside of a notebook
 * {@link #available()} is false, and the caller returns its HTML instead of showing it.
 */
public final class NotebookDisplay {
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
        return other != null || JavaKernel.running() || ForeignKernel.find().isPresent();
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
        Optional<ForeignKernel> foreign = JavaKernel.running() ? Optional.empty() : ForeignKernel.find();
        return foreign.map(kernel -> kernel.display(html)).orElseGet(() -> Display.display(new Page(html), HTML));
    }

    /**
     * Replaces what {@link #html} showed under {@code id}, in place.
     *
     * @throws IllegalStateException if this process is no notebook kernel
     */
    public static void update(String id, String html) {
        Outlet outlet = other;
        Optional<ForeignKernel> foreign = JavaKernel.running() ? Optional.empty() : ForeignKernel.find();
        if (outlet != null) {
            outlet.update(html, id);
        } else if (foreign.isPresent()) {
            foreign.get().update(id, html);
        } else {
            Display.updateDisplay(id, new Page(html), HTML);
        }
    }

    /**
     * Tells the kernel how values of a type look when one is the last expression of a cell. Does nothing on a kernel that asks
     * elsewhere, as Kotlin's does, and outside of a notebook.
     */
    public static void render(Class<?> type, Function<Object, String> html) {
        Optional<Object> renderer = JavaKernel.running()
                ? Optional.of(JavaKernel.current().getRenderer())
                : ForeignKernel.find().flatMap(ForeignKernel::renderer);
        renderer.ifPresent(found -> ForeignKernel.register(found, type, html));
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
}
