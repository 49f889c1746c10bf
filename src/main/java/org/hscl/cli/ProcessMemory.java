package org.hscl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Resident size of this process, in MB of 2²⁰ bytes; empty where the system does not tell. */
final class ProcessMemory {

    private ProcessMemory() {}

    /** The largest so far. */
    static Optional<Long> peak() {
        return megabytes("VmHWM:");
    }

    /** Now. */
    static Optional<Long> current() {
        return megabytes("VmRSS:");
    }

    private static Optional<Long> megabytes(String line) {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return Optional.empty();
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(text -> text.startsWith(line))
                    .map(text -> Long.parseLong(text.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // a system without it, not a failure of the command
        }
    }
}
