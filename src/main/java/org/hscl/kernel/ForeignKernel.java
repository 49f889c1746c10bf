package org.hscl.kernel;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Java kernel of others, reached by name, as it is never on our class path at build time: IJava and its successor JJava, which
 * have the same methods under other names.
 *
 * @param name for messages
 * @param statics the class whose static methods a cell can call
 * @param owner the class that knows the running kernel
 * @param kernel its static method that gives it
 * @param renderable what a value implements to say how it looks, where that is not the interface of our own class path
 */
record ForeignKernel(String name, String statics, String owner, String kernel, @Nullable String renderable) {

    private static final String JJAVA = "org.dflib.jjava.jupyter.kernel.";

    private static final List<ForeignKernel> KNOWN = List.of(
            new ForeignKernel("IJava", "io.github.spencerpark.ijava.runtime.Display", "io.github.spencerpark.ijava.IJava",
                    "getKernelInstance", null),
            new ForeignKernel("JJava", JJAVA + "BaseNotebookStatics", JJAVA + "BaseKernel", "notebookKernel",
                    JJAVA + "display.DisplayDataRenderable"));

    private static final String[] HTML = {"text/html"};

    /** The one that runs in this process, if any. */
    static Optional<ForeignKernel> find() {
        return KNOWN.stream().filter(kernel -> type(kernel.statics()).isPresent()).findFirst();
    }

    /** Shows HTML under the running cell and returns its id. */
    String display(String html) {
        return String.valueOf(call(type(statics).orElseThrow(), null, "display", new Class<?>[] {Object.class, String[].class},
                page(html), HTML));
    }

    /** Replaces what was shown under an id. */
    void update(String id, String html) {
        call(type(statics).orElseThrow(), null, "updateDisplay", new Class<?>[] {String.class, Object.class, String[].class},
                id, page(html), HTML);
    }

    /** The object that knows how values look, where this kernel has one. */
    Optional<Object> renderer() {
        return type(owner).map(type -> call(type, null, kernel, new Class<?>[0]))
                .map(running -> call(running.getClass(), running, "getRenderer", new Class<?>[0]));
    }

    private Object page(String html) {
        Optional<Class<?>> interfaceOfIts = renderable == null ? Optional.empty() : type(renderable);
        return interfaceOfIts.<Object>map(type -> implemented(type, "render", arguments -> putHtml(arguments[0], html)))
                .orElseGet(() -> new NotebookDisplay.Page(html));
    }

    /** Tells a renderer how values of a type look. */
    static void register(Object renderer, Class<?> type, Function<Object, String> html) {
        Object registration = call(renderer.getClass(), renderer, "createRegistration", new Class<?>[] {Class.class}, type);
        registration = call(registration.getClass(), registration, "preferring", new Class<?>[] {String[].class}, (Object) HTML);
        for (Method method : registration.getClass().getMethods()) {
            if (method.getName().equals("register") && method.getParameterCount() == 1) {
                Object function = implemented(method.getParameterTypes()[0], "render",
                        arguments -> putHtml(arguments[1], html.apply(arguments[0])));
                call(registration.getClass(), registration, "register", method.getParameterTypes(), function);
            }
        }
    }

    private static void putHtml(Object context, String html) {
        Object container = call(context.getClass(), context, "getOutputContainer", new Class<?>[0]);
        call(container.getClass(), container, "putHTML", new Class<?>[] {String.class}, html);
    }

    /** An object of an interface that is known by name alone. */
    private static Object implemented(Class<?> type, String method, Consumer<Object[]> body) {
        InvocationHandler handler = (proxy, called, arguments) -> {
            if (called.getName().equals(method)) {
                body.accept(arguments);
                return null;
            }
            return switch (called.getName()) {
                case "toString" -> "HTML";
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> InvocationHandler.invokeDefault(proxy, called, arguments);
            };
        };
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static Optional<Class<?>> type(String name) {
        try {
            return Optional.of(Class.forName(name, true, ForeignKernel.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Object call(Class<?> type, @Nullable Object on, String method, Class<?>[] types, Object... arguments) {
        try {
            return type.getMethod(method, types).invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("The kernel could not " + method + ": " + e.getCause().getMessage(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This kernel's " + type.getName() + " has no " + method
                    + "; IJava 1.3.0 and JJava 1.0 have it", e);
        }
    }
}
