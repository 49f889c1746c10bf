package org.hscl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.hscl.Jupyter;
import org.junit.jupiter.api.Test;

/** The packaged kernel, started and asked by Jupyter's own client as by a browser. */
class KernelSessionIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aSessionPrintsLiveDisplaysFailsAndIsInterruptedAsInABrowser() throws Exception {
        JsonNode results = play(List.of(
                Map.of("code", "int kept = 3;\nSystem.out.print(\"\\rhalf\");\nSystem.out.print(\"\\rwhole\\n\");\nkept + 1;"),
                Map.of("code", "String id = display(\"<b>wait</b>\", \"text/html\");\nupdateDisplay(id, \"<b>done</b>\", \"text/html\");"),
                Map.of("code", "NotebookDisplay.update(NotebookDisplay.html(\"<i>a</i>\"), \"<i>b</i>\");"),
                // The interrupt is sent when the print arrives, so this also proves that prints arrive while a cell runs.
                Map.of("code", "System.out.println(\"runs\");\nThread.sleep(Long.MAX_VALUE);", "interrupt", true),
                Map.of("code", "kept"),
                Map.of("code", "import ai.djl.ndarray.NDManager;\ntry (var m = NDManager.newBaseManager()) {\n"
                        + "  System.out.println(m.ones(new ai.djl.ndarray.types.Shape(2, 3)).sum().getFloat());\n}"),
                Map.of("queue", List.of("throw new IllegalStateException(\"stop here\");", "kept = 99;")),
                Map.of("code", "kept + foo"),
                Map.of("code", "for (int i = 0; i < 10_000; i++) {\n  System.out.println(i);\n}")));

        assertEquals("\rhalf\rwhole\n", results.at("/0/stdout").asText());
        assertEquals("4", results.at("/0/data/0/text~1plain").asText());
        assertEquals("<b>wait</b>", results.at("/1/data/0/text~1html").asText());
        assertEquals("<b>done</b>", results.at("/1/updates/0/text~1html").asText());
        assertEquals("<i>a</i>", results.at("/2/data/0/text~1html").asText());
        assertEquals("<i>b</i>", results.at("/2/updates/0/text~1html").asText());
        assertTrue(results.at("/3/traceback/0").asText().contains("Interrupted: the cell was stopped"));
        assertEquals("3", results.at("/4/data/0/text~1plain").asText());
        assertEquals("6.0\n", results.at("/5/stdout").asText());
        assertEquals("[\"error\",\"error\"]", results.at("/6/statuses").toString(), "the queued cell must not run");
        assertTrue(results.at("/7/traceback/0").asText().contains("line 1: cannot find symbol"));
        assertEquals(10_000, results.at("/8/stdout").asText().lines().count(), "no line is lost");
    }

    private static JsonNode play(List<Map<String, Object>> steps) throws Exception {
        String startUp = "import org.hscl.kernel.NotebookDisplay;";
        String output = Jupyter.required().run(JSON.writeValueAsString(steps), Map.of("IJAVA_STARTUP_SCRIPT", startUp),
                "src/test/resources/org/hscl/kernel/session.py");
        return JSON.readTree(output.substring(output.indexOf("[{")));
    }
}
