package org.hscl.kernel;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * What cells print. Jupyter gets it in parcels, at most every {@value #MILLIS} ms or every {@value #PARCEL} bytes, as it drops
 * messages that come too fast. What a thread prints when no cell runs waits for the next cell.
 */
final class CellOutput extends OutputStream {

    static final int MILLIS = 100;
    static final int PARCEL = 8192;
    private static final int MOST = 1 << 20; // that waits for a cell

    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private final PrintStream cell;
    private final BooleanSupplier running;

    /**
     * An output.
     *
     * @param cell goes to the running cell
     * @param running whether there is one
     */
    CellOutput(PrintStream cell, BooleanSupplier running) {
        this.cell = cell;
        this.running = running;
    }

    /** A stream for {@link System#setOut}. */
    PrintStream stream() {
        return new PrintStream(this, false, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int start, int count) {
        if (waiting.size() < MOST) {
            waiting.write(bytes, start, count);
        }
        if (waiting.size() >= PARCEL) {
            send();
        }
    }

    /** Sends what waits, if a cell runs; a character in the making stays until it is whole. */
    synchronized void send() {
        if (waiting.size() == 0 || !running.getAsBoolean()) {
            return;
        }
        byte[] all = waiting.toByteArray();
        int whole = wholeCharacters(all);
        waiting.reset();
        cell.write(all, 0, whole);
        cell.flush();
        waiting.write(all, whole, all.length - whole);
    }

    /** How many bytes at the start are whole characters of UTF-8. */
    private static int wholeCharacters(byte[] bytes) {
        int start = bytes.length;
        while (start > 0 && bytes.length - start < 3 && (bytes[start - 1] & 0xC0) == 0x80) {
            start--;
        }
        if (start == 0 || bytes[start - 1] >= 0) {
            return bytes.length;
        }
        int lead = bytes[start - 1] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return bytes.length - (start - 1) < length ? start - 1 : bytes.length;
    }
}
