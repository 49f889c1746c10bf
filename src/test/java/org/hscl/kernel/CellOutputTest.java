package org.hscl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellOutputTest {

    private final List<String> messages = new ArrayList<>();
    private boolean running = true;

    /** Keeps each flush as a message, as Jupyter's stream does. */
    private final CellOutput output = new CellOutput(
            new PrintStream(new OutputStream() {
                private final StringBuilder bytes = new StringBuilder();

                @Override
                public void write(int value) {
                    bytes.append((char) (value & 0xFF));
                }

                @Override
                public void flush() {
                    messages.add(new String(bytes.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
                    bytes.setLength(0);
                }
            }, false),
            () -> running);

    @Test
    void tenThousandLinesAreAFewMessagesAndNoneIsLost() {
        PrintStream stream = output.stream();
        for (int i = 0; i < 10_000; i++) {
            stream.println("line " + i);
        }
        output.send();
        assertTrue(messages.size() < 20, messages::toString);
        assertEquals(10_000, String.join("", messages).lines().count());
    }

    @Test
    void whatIsPrintedBetweenCellsWaitsForTheNext() {
        running = false;
        output.stream().println("late");
        output.send();
        assertEquals(List.of(), messages);
        running = true;
        output.send();
        assertEquals(List.of("late" + System.lineSeparator()), messages);
    }

    @Test
    void aCharacterIsNeverCutInTwo() {
        byte[] bytes = "aγ→😀".getBytes(StandardCharsets.UTF_8);
        for (byte value : bytes) {
            output.write(value);
            output.send();
        }
        messages.removeIf(String::isEmpty);
        assertEquals(List.of("a", "γ", "→", "😀"), messages);
    }
}
