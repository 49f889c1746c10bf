package org.hscl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.hscl.data.DataException;
import org.hscl.engine.EngineStartException;
import org.hscl.engine.Versions;
import org.hscl.train.TrainingException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code hscl}. A new command is one new class and one word in the list below. */
@Command(
        name = "hscl",
        description = "Hierarchical semi-supervised contrastive learning for contamination-resistant anomaly detection.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionLines.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:success", "1:failure, said in one sentence", "2:wrong usage"},
        subcommands = {
            FitCommand.class, EvaluateCommand.class, ScoreCommand.class, GridCommand.class, GridWorker.class, TableCommand.class,
            SuggestCommand.class, LabelCommand.class, BenchCommand.class, DoctorCommand.class, DescribeCommand.class
        })
public final class Main {

    /** Runs a command and ends the process. */
    public static void main(String[] arguments) {
        speakToMachines();
        System.exit(run(new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8), arguments));
    }

    /** Whatever the user's language is: others read this process's output, and its numbers and characters must not depend on that. */
    private static void speakToMachines() {
        Locale.setDefault(Locale.ROOT);
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8));
    }

    /**
     * Runs a command.
     *
     * @param out for results
     * @param err for everything else
     * @return the exit status
     */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler((failure, command, parsed) -> failure(failure, command))
                .execute(arguments);
    }

    private static int wrongUsage(CommandLine.ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        command.getErr().printf("hscl: %s; see '%s --help'%n", mistake.getMessage(), command.getCommandSpec().qualifiedName());
        return CommandLine.ExitCode.USAGE;
    }

    private static int failure(Exception failure, CommandLine command) {
        boolean foreseen = failure instanceof DataException
                || failure instanceof TrainingException
                || failure instanceof EngineStartException
                || failure instanceof UncheckedIOException
                || failure instanceof CancellationException;
        if (foreseen) {
            command.getErr().println("hscl: " + failure.getMessage());
        } else {
            command.getErr().println("hscl: this should not happen; please report it with what follows");
            failure.printStackTrace(command.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** What {@code --version} prints. */
    static final class VersionLines implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            return new TreeMap<>(Versions.all()).entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .toArray(String[]::new);
        }
    }
}
