package org.hscl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, stopped from outside while they train, end with the weights of one that was left alone. */
class KilledTrainingTest {

    private static final List<String> EVALUATE = List.of(
            "evaluate", "--data", "digits", "--normal", "3", "--per-class", "20", "--test", "60", "--width", "4", "--epochs", "5",
            "--warmup", "1", "--batch", "16", "--samples", "1", "--threads", "1", "--device", "cpu");

    @TempDir
    Path folder;

    @Test
    void aKillInTheMiddleOfASaveAndASignalInTheMiddleOfAnEpochChangeNothingInTheEnd() throws Exception {
        Run whole = start(List.of());
        String weights = new ObjectMapper().readTree(whole.result()).get("weights_sha256").asText();

        Path checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
        Run killed = start(List.of("--checkpoints", checkpoints.toString()));
        killed.awaitEntry(checkpoints, ".epoch-0002"); // it is being written
        killed.process.destroyForcibly();
        assertNotEquals(0, killed.process.waitFor());

        Run stopped = start(List.of("--checkpoints", checkpoints.toString(), "--resume"));
        stopped.awaitEntry(checkpoints, "epoch-0003");
        stopped.process.destroy(); // SIGTERM, as Ctrl-C
        assertNotEquals(0, stopped.process.waitFor());
        assertTrue(stopped.errors().contains("resumed from " + checkpoints.resolve("epoch-000")), stopped.errors());
        assertTrue(stopped.errors().contains("the same call with this folder goes on from there"), stopped.errors());

        Run resumed = start(List.of("--checkpoints", checkpoints.toString(), "--resume"));
        assertEquals(weights, new ObjectMapper().readTree(resumed.result()).get("weights_sha256").asText());
        assertTrue(resumed.errors().contains("resumed from"), resumed.errors());
    }

    /** A process and the files that it writes to. */
    private record Run(Process process, Path output, Path error) {

        String result() throws IOException, InterruptedException {
            assertEquals(0, process.waitFor(), this::errors);
            return Files.readString(output);
        }

        /** Waits until a folder has an entry whose name starts so. */
        void awaitEntry(Path watched, String prefix) throws IOException, InterruptedException {
            try (WatchService events = watched.getFileSystem().newWatchService()) {
                watched.register(events, StandardWatchEventKinds.ENTRY_CREATE);
                boolean there;
                try (Stream<Path> entries = Files.list(watched)) {
                    there = entries.anyMatch(path -> path.getFileName().toString().startsWith(prefix));
                }
                while (!there) {
                    assertTrue(process.isAlive(), this::errors);
                    WatchKey key = events.poll(1, TimeUnit.SECONDS);
                    if (key != null) {
                        there = key.pollEvents().stream().anyMatch(event -> event.context().toString().startsWith(prefix));
                        key.reset();
                    }
                }
            }
        }

        String errors() {
            try {
                return Files.readString(error);
            } catch (IOException e) {
                return e.toString();
            }
        }
    }

    private Run start(List<String> more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "-Xmx1g", "-Doffline=true", "org.hscl.cli.Main"));
        command.addAll(EVALUATE);
        command.addAll(more);
        Path output = Files.createTempFile(folder, "out", ".txt");
        Path error = Files.createTempFile(folder, "err", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(error.toFile())
                .start();
        return new Run(process, output, error);
    }
}
