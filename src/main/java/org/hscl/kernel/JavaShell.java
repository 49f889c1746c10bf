package org.hscl.kernel;

import io.github.spencerpark.jupyter.kernel.util.GlobFinder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * One JShell for a whole notebook: runs a cell snippet by snippet and knows which line each snippet came from.
 *
 * <p>Set up by IJava's variables: {@code IJAVA_CLASSPATH} (colon-separated, {@code *} allowed),
 * {@code IJAVA_COMPILER_OPTS} (separated by blanks), {@code IJAVA_STARTUP_SCRIPTS_PATH} (files, as the class path)
 * and {@code IJAVA_STARTUP_SCRIPT} (source text).
 */
final class JavaShell implements AutoCloseable {
    /** A line such as {@code %maven group:artifact:version}; {@code %} begins no line of Java but a wrapped remainder. */
    private static final Pattern MAGIC = Pattern.compile("\\s*%{1,2}(maven|mavenRepo|jars|classpath|load|loadFromPOM|addMavenDependency|time)\\b");

    /** What a cell may use without importing it: exactly IJava's list, so that no notebook comes to need more. */
    private static final String IMPORTS = """
            import java.util.*;
            import java.io.*;
            import java.math.*;
            import java.net.*;
            import java.util.concurrent.*;
            import java.util.prefs.*;
            import java.util.regex.*;
            import static org.hscl.kernel.Display.*;
            """;
    /** How long an interrupted snippet may take to end by itself, in milliseconds. */
    private static final long GRACE = 1_500;
    private static final Pattern LEADING_COMMENTS = Pattern.compile("^(?:\\s+|//[^\n]*|/\\*(?s:.*?)\\*/)*+");

    private final Map<String, String> environment;
    private final CellExecution execution = new CellExecution();
    private final Map<String, SnippetOrigin> origins = new HashMap<>();
    private final JShell shell;
    private boolean started;
    private volatile boolean leftBehind;

    JavaShell(Map<String, String> environment) {
        this.environment = environment;
        shell = JShell.builder()
                .executionEngine(new InThisProcess(execution), Map.of())
                .compilerOptions(words("IJAVA_COMPILER_OPTS", "\\s+").toArray(String[]::new))
                .build();
        files("IJAVA_CLASSPATH").forEach(path -> shell.addToClasspath(path.toString()));
    }

    /** Runs one cell; the value of its last expression, or null where it ends in anything else. */
    @Nullable Object run(String code, int cell) throws CellFailure {
        execution.begin();
        leftBehind = false;
        Optional<String> magic = code.lines().filter(line -> MAGIC.matcher(line).lookingAt()).findFirst();
        if (magic.isPresent()) {
            throw CellFailure.magic(magic.get());
        }
        if (!started) {
            started = true;
            startUp();
        }
        return runSnippets(code, cell);
    }

    /** Stops the running cell: asks its thread to end, and leaves it behind if it does not. Variables stay. */
    void interrupt() {
        try {
            leftBehind = !execution.interrupt(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shell.stop();
    }

    SourceCodeAnalysis analysis() {
        return shell.sourceCodeAnalysis();
    }

    /** Stops the running cell and waits until no code of any cell runs. */
    void end() throws InterruptedException {
        interrupt();
        execution.await();
    }

    @Override
    public void close() {
        shell.close();
    }

    /** Waits for the first cell, where a faulty start-up script can be shown. */
    private void startUp() throws CellFailure {
        runSnippets(IMPORTS, 0);
        for (Path script : files("IJAVA_STARTUP_SCRIPTS_PATH").toList()) {
            try {
                runSnippets(Files.readString(script), 0);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the start-up script " + script, e);
            }
        }
        runSnippets(environment.getOrDefault("IJAVA_STARTUP_SCRIPT", ""), 0);
    }

    private @Nullable Object runSnippets(String code, int cell) throws CellFailure {
        Object result = null;
        String rest = code;
        while (true) {
            // JShell reports lines from the first code on, comments before it upset its count.
            rest = LEADING_COMMENTS.matcher(rest).replaceFirst("");
            CompletionInfo next = analysis().analyzeCompletion(rest);
            if (next.completeness() == Completeness.EMPTY) {
                return result;
            }
            SnippetOrigin origin = new SnippetOrigin(cell, code, code.length() - rest.length());
            if (!next.completeness().isComplete()) {
                throw CellFailure.incomplete(origin);
            }
            result = runSnippet(next.source(), origin);
            rest = next.remaining();
        }
    }

    private @Nullable Object runSnippet(String source, SnippetOrigin from) throws CellFailure {
        if (execution.interrupted()) {
            throw CellFailure.interrupted(leftBehind);
        }
        List<SnippetEvent> events = shell.eval(source).stream().filter(e -> e.causeSnippet() == null).toList();
        events.forEach(event -> origins.put(event.snippet().id(), from));
        if (execution.interrupted()) {
            throw CellFailure.interrupted(leftBehind);
        }
        Object result = null;
        for (SnippetEvent event : events) {
            JShellException thrown = event.exception();
            if (thrown != null) {
                throw CellFailure.thrown(thrown, shell, origins);
            }
            if (!event.status().isDefined()) {
                throw CellFailure.rejected(event.snippet(), shell, origins);
            }
            result = hasValue(event.snippet()) ? execution.value() : null;
        }
        return result;
    }

    private static boolean hasValue(Snippet snippet) {
        return switch (snippet.subKind()) {
            case VAR_VALUE_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND, OTHER_EXPRESSION_SUBKIND -> true;
            default -> false;
        };
    }

    private Stream<Path> files(String variable) {
        List<Path> found = new ArrayList<>();
        for (String glob : words(variable, System.getProperty("path.separator")).toList()) {
            try {
                new GlobFinder(glob).computeMatchingPaths().forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(variable + " names " + glob + ", which cannot be read", e);
            }
        }
        return found.stream();
    }

    private Stream<String> words(String variable, String separator) {
        return Stream.of(environment.getOrDefault(variable, "").split(separator)).filter(word -> !word.isBlank());
    }

    private record InThisProcess(CellExecution execution) implements ExecutionControlProvider {
        @Override
        public String name() {
            return "in-this-process";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
            return execution;
        }
    }
}
