package org.hscl;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every notebook runs without an error, at smoke size, through Jupyter's own client. */
class NotebooksIT {
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
                "environment/execute.py", "--into", "target/notebooks/smoke", "--timeout", "900", notebook.name());
    }
}
