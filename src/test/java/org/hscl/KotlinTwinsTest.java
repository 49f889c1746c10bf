package org.hscl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The Kotlin notebooks that follow a Java notebook do the same. */
class KotlinTwinsTest {

    private static final String ENDING = "-kotlin";

    /** What decides about numbers: presets, rules, ratios and η. */
    private static final Pattern DECISIVE = Pattern.compile("Presets\\.named\\(\"[\\w-]+\"|with\\w+Ratio\\([\\d.]+\\)|\"[\\w-]+=[\\d.:]+\"");

    @TestFactory
    Stream<DynamicTest> bothMakeTheSameRunsAndPrintTheSameNumbers() {
        Map<String, Notebook> all = Notebook.all().stream().collect(Collectors.toMap(Notebook::name, Function.identity()));
        List<String> twins = all.keySet().stream().filter(name -> all.containsKey(name + ENDING)).sorted().toList();
        assertEquals(List.of("06", "07", "08", "10", "13"), twins.stream().map(name -> name.substring(0, 2)).toList());
        return twins.stream().map(name -> DynamicTest.dynamicTest(name, () -> same(all.get(name), all.get(name + ENDING))));
    }

    private static void same(Notebook java, Notebook kotlin) {
        String code = code(java);
        List<String> decisive = DECISIVE.matcher(code(kotlin)).results().map(MatchResult::group).toList();
        assertTrue(!decisive.isEmpty(), "the notebook decides nothing");
        decisive.forEach(piece -> assertTrue(code.contains(piece), () -> "only in Kotlin: " + piece));
        if (code(kotlin).contains("val size = Size.current()")) { // another size gives other numbers
            String printed = printed(java);
            printed(kotlin).lines().filter(line -> line.contains(": ") || line.contains("%") || line.contains(" of "))
                    .forEach(line -> assertTrue(printed.contains(line), () -> "Kotlin printed what Java did not: " + line));
        }
    }

    private static String code(Notebook notebook) {
        return notebook.codeCells().stream().map(Notebook::source).collect(Collectors.joining("\n"));
    }

    /** What its cells printed, but the course of a training, which tells seconds. */
    private static String printed(Notebook notebook) {
        StringBuilder text = new StringBuilder();
        for (JsonNode cell : notebook.codeCells()) {
            if (!Notebook.source(cell).contains("Hscl.fit")) {
                for (JsonNode output : cell.get("outputs")) {
                    output.path("text").forEach(line -> text.append(line.asText()));
                }
            }
        }
        return text.toString();
    }
}
