package org.hscl.kernel;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.ShellHandler;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.reply.ErrorReply;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * Jupyter's view of one Java notebook: evaluates cells, completes and explains code, stops on an interrupt.
 *
 * <p>Registered with {@code interrupt_mode: message}; the only argument is Jupyter's connection file.
 */
public final class JavaKernel extends BaseKernel {
    /** A process is one kernel, and code in a cell has no other way to reach it. */
    private static volatile @Nullable JavaKernel current;

    private static final ErrorReply SKIPPED =
            new ErrorReply("CellSkipped", "An earlier cell failed or was interrupted.", List.of());

    /** The same on every machine: a front end writes it into each notebook that it opens. */
    private static final String LANGUAGE = "17";

    private final JavaShell shell;
    private final Prints prints = new Prints(getIO());
    private final CellQueue queue = new CellQueue();
    private JavaKernel(Map<String, String> environment) {
        shell = new JavaShell(environment);
    }

    /** Makes this process a kernel that is set up by {@code environment}, see {@link JavaShell}. */
    static JavaKernel start(Map<String, String> environment) {
        JavaKernel kernel = new JavaKernel(environment);
        current = kernel;
        return kernel;
    }

    /** Whether this process is a kernel. */
    static boolean running() {
        return current != null;
    }

    /**
     * The kernel that this process is.
     *
     * @throws IllegalStateException if it is none
     */
    static JavaKernel current() {
        JavaKernel kernel = current;
        if (kernel == null) {
            throw new IllegalStateException("This process is not a notebook kernel, so there is nowhere to display.");
        }
        return kernel;
    }

    @Override
    public @Nullable DisplayData eval(String code) throws CellFailure {
        // The base has counted this cell already.
        int cell = executionCount.get() - 1;
        Runnable giveBack = prints.take();
        try {
            Object result = shell.run(code, cell);
            return result == null || result instanceof DisplayData ? (DisplayData) result : getRenderer().render(result);
        } catch (CellFailure failure) {
            queue.failed();
            throw failure;
        } finally {
            prints.send();
            giveBack.run();
        }
    }

    @Override
    public void display(DisplayData data) {
        prints.send(); // what was printed before stands above
        super.display(data);
    }

    /** Adds to the base: cells that were queued behind one that failed or was interrupted do not run. */
    @Override
    public void becomeHandlerForConnection(JupyterConnection connection) {
        super.becomeHandlerForConnection(connection);
        ShellHandler<ExecuteRequest> run = connection.getHandler(MessageType.EXECUTE_REQUEST);
        connection.setHandler(MessageType.EXECUTE_REQUEST, (env, request) -> {
            if (queue.isBehindAFailure(request)) {
                env.setBusyDeferIdle();
                env.replyError(MessageType.EXECUTE_REPLY.error(), SKIPPED);
            } else {
                run.handle(env, request);
            }
        });
    }

    @Override
    public void interrupt() {
        shell.interrupt();
    }

    @Override
    public List<String> formatError(Exception failure) {
        if (!(failure instanceof CellFailure cell)) {
            return super.formatError(failure);
        }
        List<String> lines = cell.report();
        return lines.stream()
                .map(line -> line.startsWith("    ") ? line : errorStyler.secondary(line))
                .toList();
    }

    @Override
    public @Nullable ReplacementOptions complete(String code, int at) {
        int[] start = {at};
        List<String> options = shell.analysis().completionSuggestions(code, at, start).stream()
                .sorted(Comparator.comparing(Suggestion::matchesType).reversed())
                .map(Suggestion::continuation)
                .distinct()
                .toList();
        return options.isEmpty() ? null : new ReplacementOptions(options, start[0], at);
    }

    @Override
    public @Nullable DisplayData inspect(String code, int at, boolean extraDetail) {
        int end = at;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
            end++;
        }
        // JShell explains a method only once its bracket is open, here or not.
        String text = explained(code.substring(0, end) + "(", end + 1);
        text = text.isEmpty() ? explained(code, end) : text;
        return text.isEmpty() ? null : new DisplayData(text);
    }

    @Override
    public LanguageInfo getLanguageInfo() {
        return new LanguageInfo.Builder("Java")
                .version(LANGUAGE)
                .mimetype("text/x-java-source")
                .fileExtension(".java")
                .pygments("java")
                .codemirror("java")
                .build();
    }

    @Override
    public String getBanner() {
        return "Java " + Runtime.version() + ", the HSCL project's kernel";
    }

    @Override
    public void onShutdown(boolean restarting) {
        current = null;
        shell.close();
    }

    void update(String id, DisplayData data) {
        getIO().display.updateDisplay(id, data);
    }

    private String explained(String code, int cursor) {
        return shell.analysis().documentation(code, cursor, true).stream()
                .map(JavaKernel::describe)
                .collect(Collectors.joining("\n\n"));
    }

    private static String describe(Documentation documentation) {
        String text = documentation.javadoc();
        return text == null ? documentation.signature() : documentation.signature() + "\n" + text;
    }

    /** Serves the Jupyter connection that the file describes until Jupyter ends it. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1 || !Files.isRegularFile(Path.of(arguments[0]))) {
            System.err.println("Give one argument, Jupyter's connection file; got: " + String.join(" ", arguments));
            System.exit(2);
        }
        endWithJupyter();
        Logger.getLogger("").setLevel(Level.WARNING);
        JupyterConnection connection =
                new JupyterConnection(KernelConnectionProperties.parse(Files.readString(Path.of(arguments[0]))));
        JavaKernel kernel = start(System.getenv());
        kernel.becomeHandlerForConnection(connection);
        kernel.prints.sendEvery(CellOutput.MILLIS);
        connection.connect();
        connection.waitUntilClose();
        // A process crashes if it exits while native code runs. Jupyter kills a kernel that takes too long to end.
        kernel.shell.end();
        System.exit(0);
    }

    /** A Jupyter that was killed sends no shutdown request; its kernel must not stay behind with gigabytes. */
    private static void endWithJupyter() {
        String parent = System.getenv("JPY_PARENT_PID");
        if (parent != null) {
            ProcessHandle.of(Long.parseLong(parent)).ifPresent(p -> p.onExit().thenRun(() -> System.exit(0)));
        }
    }
}
