package org.hscl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells run by the kernel class itself, without Jupyter: see KernelSessionIT for the whole way. */
public class JavaKernelTest {
    /** Public, so that cells reach them: a test follows a cell while it runs. */
    public static volatile CountDownLatch cellRuns = new CountDownLatch(1);
    public static volatile CountDownLatch release = new CountDownLatch(1);

    private JavaKernel kernel = JavaKernel.start(Map.of());

    @AfterEach
    void close() {
        kernel.onShutdown(false);
    }

    @Test
    void shownHtmlIsNotRepeatedAsText() {
        DisplayData shown = Display.render(new NotebookDisplay.Page("<b>x</b>"), "text/html");
        assertEquals("<b>x</b>", shown.getData(MIMEType.TEXT_HTML));
        assertEquals("HTML", shown.getData(MIMEType.TEXT_PLAIN));
    }

    @Test
    void valuesOfTypesWithALookOfTheirOwnAreShownSo() throws CellFailure {
        NotebookDisplay.render(int[].class, value -> "<i>" + ((int[]) value).length + "</i>");
        DisplayData shown = kernel.eval("new int[] {1, 2}");
        assertEquals("<i>2</i>", shown.getData(MIMEType.TEXT_HTML));
    }

    @Test
    void theLastExpressionIsTheResultEvenBeforeASemicolon() throws CellFailure {
        assertEquals("7", text("int x = 3;\nx + 4;"));
        assertEquals("3", text("x // a comment after it"));
    }

    @Test
    void declarationsAssignmentsAndVoidCallsHaveNoResult() throws CellFailure {
        assertNull(kernel.eval("int x = 3;"));
        assertNull(kernel.eval("x = 5"));
        assertNull(kernel.eval("void nothing() {}\nnothing();"));
        assertNull(kernel.eval("// only a comment"));
    }

    @Test
    void aCellMayMixImportsRecordsMethodsAndLambdas() throws CellFailure {
        assertEquals("[Point[x=0, y=0], Point[x=1, y=1]]", text("""
                import java.util.stream.*;
                record Point(int x, int y) {}
                int square(int x) { return x * x; }
                IntStream.range(0, 2).mapToObj(i -> new Point(i, square(i))).toList()
                """));
    }

    @Test
    void aRedefinitionReplacesTheOldOne() throws CellFailure {
        kernel.eval("int f() { return 1; }\nint x = f();");
        kernel.eval("int f() { return 2; }\ndouble x = f();");
        assertEquals("2.0", text("x"));
    }

    @Test
    void everyNameOfIJavasDefaultImportsIsKnownAndNoOther() throws CellFailure {
        assertEquals("2", text("List.of(new BigDecimal(1), Pattern.compile(\"a\")).size()"));
        assertThrows(CellFailure.class, () -> kernel.eval("Stream.of(1)"));
    }

    @Test
    void aCompileErrorNamesTheLineAndMarksThePlace() {
        CellFailure failure = assertThrows(CellFailure.class, () -> kernel.eval("// intro\n\nint n = 1;\n  String s = n;\n"));
        assertTrue(failure.getMessage().endsWith("line 4: incompatible types: int cannot be converted to java.lang.String"),
                failure.getMessage());
        assertEquals("      String s = n;", failure.report().get(1));
        assertEquals("                 ^", failure.report().get(2));
    }

    @Test
    void anUnfinishedCellIsRefusedWithItsLine() {
        CellFailure failure = assertThrows(CellFailure.class, () -> kernel.eval("int n = 1;\nfor (;;) {\n  n++;"));
        assertTrue(failure.getMessage().contains("line 2: incomplete code"), failure.getMessage());
    }

    @Test
    void anExceptionShowsClassMessageCausesAndTheLineInEachCell() throws CellFailure {
        kernel.eval("// helper\nvoid check(int x) {\n  throw new IllegalStateException(\"bad \" + x, new IOException(\"disk\"));\n}");
        CellFailure failure = assertThrows(CellFailure.class, () -> kernel.eval("\nint a = 1;\n\ncheck(a);"));
        String report = String.join("\n", failure.report());
        assertEquals("java.lang.IllegalStateException: bad 1", failure.getMessage());
        assertTrue(report.contains("line 3  throw new IllegalStateException"), report);
        assertTrue(report.contains("line 4  check(a);"), report);
        assertTrue(report.contains("caused by java.io.IOException: disk"), report);
        assertEquals("1", text("a"));
    }

    @Test
    void anErrorOrAnExceptionWithoutMessageIsReportedByItsClass() {
        assertEquals("java.lang.StackOverflowError", failureOf("int deep(int n) { return deep(n + 1) + 1; }\ndeep(0)"));
        assertEquals("java.lang.IllegalStateException", failureOf("throw new IllegalStateException();"));
    }

    @Test
    void aMissingMethodIsNamedWhenItIsCalled() {
        assertEquals("Not defined yet: method later(int)", failureOf("int f() { return later(1); }\nf()"));
    }

    @Test
    void anInterruptStopsTheCellAndKeepsItsVariables() throws Exception {
        String failure = interruptedWhen("""
                int kept = 41;
                org.hscl.kernel.JavaKernelTest.cellRuns.countDown();
                new CountDownLatch(1).await();
                kept = 0;
                """);
        assertTrue(failure.startsWith("Interrupted: the cell was stopped"), failure);
        assertEquals("42", text("kept + 1"));
    }

    @Test
    void aCellThatIgnoresAnInterruptIsLeftBehind() throws Exception {
        String failure = interruptedWhen("""
                { org.hscl.kernel.JavaKernelTest.cellRuns.countDown();
                  while (org.hscl.kernel.JavaKernelTest.release.getCount() > 0) Thread.onSpinWait(); }
                """);
        assertTrue(failure.contains("runs on in the background"), failure);
        assertEquals("2", text("1 + 1"));
    }

    @Test
    void anInterruptBetweenTwoSnippetsIsNotLost() throws Exception {
        String failure = interruptedWhen("""
                org.hscl.kernel.JavaKernelTest.cellRuns.countDown();
                while (org.hscl.kernel.JavaKernelTest.release.getCount() > 0) Thread.onSpinWait();
                """);
        assertTrue(failure.startsWith("Interrupted"), failure);
    }

    private String interruptedWhen(String code) throws Exception {
        cellRuns = new CountDownLatch(1);
        release = new CountDownLatch(1);
        CompletableFuture<Void> cell = run(code);
        cellRuns.await();
        kernel.interrupt();
        ExecutionException failure = assertThrows(ExecutionException.class, cell::get);
        release.countDown();
        return failure.getCause().getMessage();
    }

    @Test
    void renderAndDisplayOfferTheAskedFormat() throws CellFailure {
        DisplayData data = kernel.eval("render(\"<b>x</b>\", \"text/html\")");
        assertNotNull(data);
        assertEquals("<b>x</b>", data.getData(MIMEType.TEXT_HTML));
        assertNotNull(kernel.eval("String id = display(\"<b>x</b>\", \"text/html\");\nupdateDisplay(id, \"y\");\nid"));
        assertTrue(NotebookDisplay.available());
    }

    @Test
    void theVariablesOfIJavaSetClassPathAndStartUp(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve("a.jshell"), "int fromScript = 5;");
        Path source = Files.writeString(folder.resolve("Extra.java"), "package extra; public class Extra { public static int n = 7; }");
        tool("javac", "-d", folder.resolve("classes"), source);
        tool("jar", "--create", "--file", folder.resolve("extra.jar"), "-C", folder.resolve("classes"), ".");
        kernel = JavaKernel.start(Map.of(
                "IJAVA_CLASSPATH", folder + "/*.jar",
                "IJAVA_COMPILER_OPTS", "-Xlint:none -parameters",
                "IJAVA_STARTUP_SCRIPTS_PATH", script.toString(),
                "IJAVA_STARTUP_SCRIPT", "int fromText = 6;"));
        assertEquals("18", text("fromScript + fromText + extra.Extra.n"));
        kernel.eval("void named(int size) {}\nclass Named { void by(int size) {} }");
        assertEquals("size", text("Named.class.getDeclaredMethod(\"by\", int.class).getParameters()[0].getName()"));
    }

    @Test
    void aKernelThatWasShutDownDisplaysNoMore() {
        kernel.onShutdown(false);
        assertFalse(NotebookDisplay.available());
        assertThrows(IllegalStateException.class, () -> NotebookDisplay.html("<b>x</b>"));
    }

    @Test
    void completionAndInspectionKnowTheCellsVariables() throws CellFailure {
        kernel.eval("String greeting = \"hello\";");
        assertEquals("greeting", kernel.complete("int n = greet", 13).getReplacements().get(0));
        assertEquals(8, kernel.complete("int n = greet", 13).getSourceStart());
        assertTrue(kernel.inspect("greeting.repeat(3)", 12, false).getData(MIMEType.TEXT_PLAIN).toString().contains("repeat(int"));
        assertTrue(kernel.inspect("greeting.repeat", 12, false).getData(MIMEType.TEXT_PLAIN).toString().contains("repeat(int"),
                "before the bracket too");
        assertFalse(kernel.getLanguageInfo().getName().isEmpty());
        assertEquals("17", kernel.getLanguageInfo().getVersion(), "what the committed notebooks say");
    }

    @Test
    void aMagicOfAnotherKernelGetsAHint() {
        for (String line : List.of("%maven org.example:a:1.0", "  %jars a.jar", "%%loadFromPOM")) {
            String sentence = failureOf("int x = 1;\n" + line);
            assertTrue(sentence.startsWith(line.strip() + " is a magic of another kernel."), sentence);
            assertTrue(sentence.contains("IJAVA_CLASSPATH"), sentence);
        }
    }

    private static void tool(String name, Object... arguments) {
        String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        assertEquals(0, ToolProvider.findFirst(name).orElseThrow().run(System.out, System.err, words));
    }

    private String text(String code) throws CellFailure {
        return kernel.eval(code).getData(MIMEType.TEXT_PLAIN).toString();
    }

    private String failureOf(String code) {
        return assertThrows(CellFailure.class, () -> kernel.eval(code)).getMessage();
    }

    private CompletableFuture<Void> run(String code) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        new Thread(() -> {
            try {
                kernel.eval(code);
                done.complete(null);
            } catch (CellFailure | RuntimeException e) {
                done.completeExceptionally(e);
                cellRuns.countDown();
            }
        }).start();
        return done;
    }
}
