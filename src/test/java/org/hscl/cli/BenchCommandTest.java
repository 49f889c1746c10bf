package org.hscl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.hscl.data.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandTest {

    @Test
    void oneProcessMeasuresEachPartOfAStep() {
        StringWriter out = new StringWriter();
        int status = Main.run(new PrintWriter(out, true), new PrintWriter(new StringWriter()), "bench", "--once",
                "--width", "2", "--batch", "2", "--steps", "2", "--score", "2", "--threads", "1");
        assertEquals(0, status);
        JsonNode line = Json.read(out.toString(), JsonNode.class, "the bench");
        List<String> parts = new ArrayList<>();
        line.path("ms").fieldNames().forEachRemaining(parts::add);
        assertEquals(List.of("views", "augment", "forward", "losses", "backward", "adam", "step"), parts);
        double sum = 0;
        for (String part : parts.subList(0, 6)) {
            double time = line.path("ms").path(part).asDouble();
            assertTrue(time > 0, part + " takes " + time + " ms");
            sum += time;
        }
        assertTrue(sum > 0 && line.path("score_images_per_s").asDouble() > 0, out.toString());
    }

    @Test
    void tableHoldsARoundInAFreshProcess() {
        StringWriter out = new StringWriter();
        int status = Main.run(new PrintWriter(out, true), new PrintWriter(new StringWriter()), "bench",
                "--rounds", "1", "--width", "2", "--batch", "2", "--steps", "1", "--score", "2", "--threads", "1");
        assertEquals(0, status);
        assertTrue(out.toString().contains("backward, ms"), out.toString());
        assertTrue(out.toString().contains("peak resident, MB"), out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rounds", "--steps", "--threads", "--score"})
    void aCountBelowOneIsWrongUsage(String option) {
        StringWriter err = new StringWriter();
        int status = Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), "bench", "--once", option, "0");
        assertEquals(2, status);
        assertTrue(err.toString().contains(option + " is 0; give at least 1"), err.toString());
    }
}
