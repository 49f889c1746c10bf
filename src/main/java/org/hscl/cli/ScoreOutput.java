package org.hscl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import tech.tablesaw.api.Table;

/**
 * Where rows of scores go: into a file that grows and can be resumed, or, row by row, into the standard output, a device or a pipe.
 *
 * @param place what was named; null for the standard output
 * @param file the file, unless it is a stream
 * @param earlier rows that the file has
 */
record ScoreOutput(@Nullable Path place, @Nullable ScoreFile file, Table earlier) implements AutoCloseable {

    /**
     * Takes the place.
     *
     * @throws UncheckedIOException as {@link ScoreFile#open} does
     */
    static ScoreOutput open(@Nullable Path place, boolean resume) {
        boolean stream = place == null || Files.exists(place) && !Files.isRegularFile(place) && !Files.isDirectory(place);
        if (place == null || stream) {
            return new ScoreOutput(place, null, ScoreFile.none());
        }
        ScoreFile file = ScoreFile.open(place, resume);
        try {
            return new ScoreOutput(place, file, file.start());
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Scores all files and writes their rows. */
    Scoring.Tally take(Scoring scoring, CommandSpec command) {
        PrintWriter err = command.commandLine().getErr();
        if (file != null) {
            return toFile(file, scoring, err);
        }
        if (place == null) {
            return toStream(scoring, command.commandLine().getOut(), err);
        }
        try (PrintWriter stream = new PrintWriter(Files.newBufferedWriter(place))) {
            return toStream(scoring, stream, err);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written: %s".formatted(place, e.getMessage()), e);
        }
    }

    private static Scoring.Tally toStream(Scoring scoring, PrintWriter out, PrintWriter err) {
        out.print(ScoreFile.HEADER);
        return scoring.run(ScoreFile.none(), rows -> {
            out.print(ScoreFile.text(rows));
            out.flush();
        }, err);
    }

    private Scoring.Tally toFile(ScoreFile growing, Scoring scoring, PrintWriter err) {
        try {
            scoring.check(earlier, growing.growing());
            Scoring.Tally tally = scoring.run(earlier, growing::append, err);
            growing.finish();
            return tally;
        } catch (CancellationException e) { // said here: the process may end before whoever called can say it
            err.printf("%s has %s; the same call with --resume goes on from there%n", growing.growing(), "what was done");
            throw e;
        }
    }

    /** Removes a file that has no rows yet. */
    void forget() {
        if (file != null) {
            file.forget();
        }
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
