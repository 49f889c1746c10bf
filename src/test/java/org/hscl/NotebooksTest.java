package org.hscl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The committed notebooks show what their code produced, and stay readable. */
class NotebooksTest {
    private static final long LARGEST = 2_500_000;
    private static final int MOST_LINES = 15;

    @TestFactory
    Stream<DynamicTest> theOutputsCameFromTheCode() {
        return forEach(notebook -> {
            String code = notebook.codeCells().stream().map(Notebook::source).collect(Collectors.joining("\n"));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
            assertEquals(HexFormat.of().formatHex(digest), notebook.json().at("/metadata/hscl/code_sha256").asText(),
                    "the code changed since its outputs were made: run environment/notebooks --refresh " + notebook.name());
            for (JsonNode cell : notebook.codeCells()) {
                assertTrue(cell.get("execution_count").isInt(), "a cell was never run: " + Notebook.source(cell));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> noFileIsLargeAndNoCellIsLong() {
        return forEach(notebook -> {
            assertTrue(Files.size(notebook.path()) < LARGEST, notebook.path() + " has " + Files.size(notebook.path()) + " bytes");
            for (JsonNode cell : notebook.codeCells()) {
                assertTrue(Notebook.source(cell).lines().count() <= MOST_LINES, "a cell is too long: " + Notebook.source(cell));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> everyValueIsShownAndNotJustNamed() {
        return forEach(notebook -> assertEquals(List.of(), notebook.bareValues()));
    }

    @TestFactory
    Stream<DynamicTest> openingLeavesTheFileAsItIs() {
        return forEach(notebook -> {
            String version = notebook.json().at("/metadata/language_info/version").asText();
            assertTrue(notebook.kernel().equals("java") ? version.equals("17") : !version.isEmpty(),
                    "a front end writes the kernel's language version into each notebook that it opens, and here it finds '" + version + "'");
        });
    }

    private interface Check {
        void accept(Notebook notebook) throws Exception;
    }

    private static Stream<DynamicTest> forEach(Check check) {
        return Notebook.all().stream()
                .map(notebook -> DynamicTest.dynamicTest(notebook.name(), () -> check.accept(notebook)));
    }
}
