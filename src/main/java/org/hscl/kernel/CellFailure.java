package org.hscl.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.UnresolvedReferenceException;
import org.jspecify.annotations.Nullable;

/** Why a cell failed. The message is one sentence; {@link #report()} is what the notebook shows under the cell. */
final class CellFailure extends Exception {
    private static final long serialVersionUID = 1;

    /** The class that JShell wraps around a snippet; Java's own messages name it. */
    private static final Pattern JSHELL_CLASS = Pattern.compile("REPL\\.\\$JShell\\$\\w+[.$]");

    private final transient List<String> report;

    private CellFailure(String message, List<String> report) {
        super(message, null, false, false);
        this.report = report;
    }

    /** The lines to show: what happened, on which line, and how the code came there. */
    List<String> report() {
        return report;
    }

    static CellFailure interrupted(boolean leftBehind) {
        String message = leftBehind
                ? "Interrupted, but the cell's code runs on in the background until it looks for interrupts or the kernel restarts."
                : "Interrupted: the cell was stopped, all variables keep their values.";
        return new CellFailure(message, List.of(message));
    }

    /** IJava's magics are not code; the hint says what serves here. */
    static CellFailure magic(String line) {
        String message = "%s is a magic of another kernel. The library and all that it needs is on the class path already; for other jars set "
                .formatted(line.strip()) + "IJAVA_CLASSPATH to their files, with colons between, and start Jupyter again.";
        return new CellFailure(message, List.of(message));
    }

    static CellFailure incomplete(SnippetOrigin origin) {
        List<String> report = at("incomplete code: a bracket, quote or semicolon is missing", origin, origin.lineAt(0));
        return new CellFailure(report.get(0), report);
    }

    /** The compiler's complaints about one snippet, each with its line and a mark under the place. */
    static CellFailure rejected(Snippet snippet, JShell shell, Map<String, SnippetOrigin> origins) {
        SnippetOrigin origin = origins.get(snippet.id());
        List<String> report = new ArrayList<>();
        for (Diag problem : shell.diagnostics(snippet).filter(Diag::isError).toList()) {
            int line = origin.lineAt(problem.getStartPosition());
            int column = origin.columnAt(problem.getStartPosition());
            report.addAll(at(message(problem), origin, line));
            long width = problem.getEndPosition() - problem.getStartPosition();
            long room = Math.max(1, origin.text(line).length() - column);
            report.add("    " + " ".repeat(column) + "^".repeat((int) Math.max(1, Math.min(width, room))));
        }
        if (report.isEmpty() && snippet instanceof DeclarationSnippet declaration) {
            report.addAll(at("Not defined yet: " + missing(declaration, shell), origin, origin.lineAt(0)));
        }
        return new CellFailure(report.isEmpty() ? "The code was rejected." : report.get(0), report);
    }

    /** An exception that the user's code threw: class, message, causes, and for each the way through the code. */
    static CellFailure thrown(JShellException thrown, JShell shell, Map<String, SnippetOrigin> origins) {
        List<String> report = new ArrayList<>();
        StackTraceElement[] outer = {};
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            String head = t instanceof UnresolvedReferenceException unresolved
                    ? "Not defined yet: " + missing(unresolved.getSnippet(), shell)
                    : head(t);
            report.add(report.isEmpty() ? head : "caused by " + head);
            StackTraceElement[] frames = t.getStackTrace();
            int shared = sharedEnd(frames, outer);
            for (StackTraceElement frame : List.of(frames).subList(0, frames.length - shared)) {
                report.add("    at " + describe(frame, origins));
            }
            outer = frames;
        }
        return new CellFailure(report.get(0), report);
    }

    private static String head(Throwable thrown) {
        String name = thrown instanceof EvalException e ? e.getExceptionClassName() : thrown.getClass().getName();
        String message = thrown.getMessage();
        return message == null ? name : name + ": " + JSHELL_CLASS.matcher(message).replaceAll("");
    }

    private static String describe(StackTraceElement frame, Map<String, SnippetOrigin> origins) {
        String file = frame.getFileName();
        SnippetOrigin origin = file != null && file.startsWith("#") ? origins.get(file.substring(1)) : null;
        if (origin == null) {
            return frame.toString();
        }
        int line = origin.lineAt(0) + frame.getLineNumber() - 1;
        String method = frame.getMethodName().isEmpty() || frame.getMethodName().startsWith("lambda$")
                ? "" : frame.getMethodName() + ", ";
        return method + place(origin, line) + "  " + origin.text(line).strip();
    }

    private static int sharedEnd(StackTraceElement[] frames, StackTraceElement[] outer) {
        int shared = 0;
        while (shared < Math.min(frames.length, outer.length)
                && frames[frames.length - 1 - shared].equals(outer[outer.length - 1 - shared])) {
            shared++;
        }
        return shared;
    }

    private static List<String> at(String message, SnippetOrigin origin, int line) {
        List<String> lines = new ArrayList<>();
        lines.add(place(origin, line) + ": " + message);
        lines.add("    " + origin.text(line));
        return lines;
    }

    private static String place(SnippetOrigin origin, int line) {
        return (origin.cell() == 0 ? "start-up" : "cell [" + origin.cell() + "]") + " line " + line;
    }

    /** JShell's message without its "location" line, which names a class that JShell made up. */
    private static String message(Diag problem) {
        return problem.getMessage(null).lines()
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .filter(line -> !line.startsWith("location:"))
                .collect(Collectors.joining(", "));
    }

    private static String missing(@Nullable DeclarationSnippet snippet, JShell shell) {
        return snippet == null ? "?" : shell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
    }
}
