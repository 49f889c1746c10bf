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
import org.junit.jupiter.params.provider.CsvSource;

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
    @CsvSource(delimiter = '|', textBlock = """
            --rounds | 0    | --rounds is 0; give at least 1
            --steps  | 0    | --steps is 0; give at least 1
            --threads| -1   | --threads is -1; give at least 1
            --score  | 0    | --score is 0; give at least 1
            --device | nope | device is 'nope'; give auto, cpu, gpu or gpu(i)""")
    void aWrongValueIsWrongUsage(String option, String value, String sentence) {
        StringWriter err = new StringWriter();
        int status = Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), "bench", "--once", option, value);
        assertEquals(2, status);
        assertTrue(err.toString().contains(sentence), err.toString());
    }
}
