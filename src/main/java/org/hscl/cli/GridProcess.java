package org.hscl.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.hscl.data.DataException;
import org.hscl.data.Json;
import org.hscl.experiment.Experiment;
import org.hscl.experiment.Runner;

/** A process that runs the experiments that it is handed, as {@link GridWorker} does; seen from the one that hands them out. */
final class GridProcess {

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader replies;

    GridProcess(Process process) {
        this.process = process;
        in = process.outputWriter(StandardCharsets.UTF_8);
        replies = process.inputReader(StandardCharsets.UTF_8);
    }

    /** The command of such a process, a JVM like this one. */
    static List<String> command(Path out, String device, int threads) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X") || option.startsWith("-D") || option.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "grid-worker",
                "--out", out.toString(), "--device", device, "--threads", Integer.toString(threads)));
        return command;
    }

    /** Waits until it takes runs; false where it ended before. */
    boolean awaitReady() throws IOException {
        return replies.readLine() != null;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What came of a run, or nothing where the process died. */
    Optional<Runner.Reply> run(Experiment experiment) {
        try {
            in.write(Json.line(experiment));
            in.newLine();
            in.flush();
            String line = replies.readLine();
            if (line != null) {
                return Optional.of(Json.read(line, Runner.Reply.class, "a reply of process " + process.pid()));
            }
            process.waitFor();
        } catch (IOException | DataException e) {
            process.destroyForcibly(); // it reads no more, or writes what a JVM writes that crashes
            process.onExit().join(); // else it would be taken for one that lives
        } catch (InterruptedException e) {
            throw new CancellationException("the grid was stopped");
        }
        return Optional.empty();
    }

    /** Lets it end. */
    void end() throws IOException {
        in.close();
        replies.readLine();
    }
}
