package org.hscl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every notebook runs without an error, at smoke size, through Jupyter's own client. The Kotlin one needs what the library tells
 * the Kotlin kernel: it imports nothing, and its figures are values of cells.
 */
class NotebooksIT {
    private static final Path EXECUTED = Path.of("target", "notebooks", "smoke");

    @TestFactory
    Stream<DynamicTest> everyNotebookRuns() {
        return Notebook.all().stream()
                .map(notebook -> DynamicTest.dynamicTest(notebook.name(), () -> runs(notebook)));
    }

    private static void runs(Notebook notebook) {
        if (notebook.kernel().equals("kotlin")) {
            Jupyter.requireKotlin();
        }
        Jupyter.required().run("", Map.of("HSCL_SIZE", "smoke"),
                "environment/execute.py", "--into", EXECUTED.toString(), "--timeout", "900", notebook.name());
        assertEquals(List.of(), Notebook.read(EXECUTED.resolve(notebook.name() + ".ipynb")).bareValues());
    }
}
