package org.hscl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private static Progress progress(int epoch, int step) {
        Map<String, Float> losses = new LinkedHashMap<>();
        losses.put("total", 6f);
        losses.put("sample-to-sample", 4f);
        losses.put("shift", 1.25f);
        losses.put("sample-to-prototype", 0.5f);
        losses.put("normal-to-abnormal", 0.25f);
        return new Progress(epoch, 2, step, 3, losses, 1e-3, 120, 3725);
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLineTellsAll() {
        assertEquals(
                "epoch 2/2 step 1/3  loss 6.00 = S-S 4.00 + shift 1.25 + S-P 0.50 + N-A 0.25"
                        + "  rate 1.0e-03  120 images/s  1:02:05 left",
                progress(2, 1).line());
    }

    @Test
    void theLiveLineReplacesItselfAndEndsWithTheTraining() {
        ConsoleProgress live = ConsoleProgress.live(stream);
        live.onMessage("device: CPU");
        live.onProgress(progress(1, 1));
        live.onProgress(progress(1, 2)); // within a quarter of a second: left out
        live.onProgress(progress(2, 3));
        live.onEpoch(History.empty());
        String[] lines = shown().split(System.lineSeparator(), -1);
        assertEquals(3, lines.length, shown());
        assertEquals("device: CPU", lines[0]);
        assertEquals(List.of("", progress(1, 1).line(), progress(2, 3).line()), List.of(lines[1].split("\r")));
    }

    @Test
    void aMessageStartsOnItsOwnLine() {
        ConsoleProgress live = ConsoleProgress.live(stream);
        live.onProgress(progress(1, 1));
        live.onMessage("warning: something");
        assertTrue(shown().endsWith("left" + System.lineSeparator() + "warning: something" + System.lineSeparator()), shown());
    }

    @Test
    void aLogHasOneLineAnEpoch() {
        ConsoleProgress log = ConsoleProgress.everyEpoch(stream);
        for (int step = 1; step <= 3; step++) {
            log.onProgress(progress(1, step));
        }
        log.onEpoch(History.empty());
        assertEquals(progress(1, 3).line() + System.lineSeparator(), shown());
    }
}
