package org.hscl.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hscl.data.DataException;
import org.hscl.data.Replaceable;
import org.hscl.data.SafeFiles;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;
import tech.tablesaw.io.csv.CsvWriteOptions;

/**
 * A CSV file of scores that grows by whole rows: a stop at any moment leaves all rows that were appended. Earlier scores of
 * the same name stay until the new ones are whole; these then lie beside them, in
 * {@code NAME.unfinished.csv}.
 */
final class ScoreFile implements AutoCloseable {

    /** The names of the columns, a line. */
    static final String HEADER = "path,score,anomaly,error\n";

    private static final ColumnType[] TYPES = {ColumnType.STRING, ColumnType.DOUBLE, ColumnType.BOOLEAN, ColumnType.STRING};
    private static final int LONGEST = 1 << 16; // characters a cell

    private final Path file;
    private final Path growing;
    private final RandomAccessFile rows;

    private ScoreFile(Path file, Path growing, RandomAccessFile rows) {
        this.file = file;
        this.growing = growing;
        this.rows = rows;
    }

    /**
     * Takes a file for one writer.
     *
     * @param csv its name; a link is followed
     * @param resume whether to go on from what it holds
     * @throws UncheckedIOException if it holds something else, cannot be written, or is being written
     */
    static ScoreFile open(Path csv, boolean resume) {
        try {
            Replaceable.checkFile(csv, HEADER.strip());
            Path file = SafeFiles.target(csv);
            Path aside = file.resolveSibling(file.getFileName().toString().replaceAll("(?i)\\.csv$", "") + ".unfinished.csv");
            Replaceable.checkFile(aside, HEADER.strip());
            if (!resume && Files.exists(aside)) {
                throw new IOException(aside + " holds what an earlier run had done; give --resume to go on from it, or remove it");
            }
            boolean beside = Files.exists(aside) || !resume && Files.isRegularFile(file) && Files.size(file) > HEADER.length();
            Path growing = beside ? aside : file;
            Files.createDirectories(growing.getParent());
            RandomAccessFile rows = new RandomAccessFile(growing.toFile(), "rw");
            lock(rows, growing);
            return new ScoreFile(file, growing, rows);
        } catch (IOException e) {
            throw new UncheckedIOException("the scores cannot be written: " + e.getMessage(), e);
        }
    }

    private static void lock(RandomAccessFile rows, Path file) throws IOException {
        try {
            if (rows.getChannel().tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it: the same answer as for another process.
        }
        rows.close();
        throw new IOException("another process is writing to " + file);
    }

    /** Rows in the form of this file, none yet. */
    static Table none() {
        return Table.create("Scores", StringColumn.create("path"), DoubleColumn.create("score"),
                BooleanColumn.create("anomaly"), StringColumn.create("error"));
    }

    /** Rows as text, without the names of the columns. */
    static String text(Table rows) {
        StringWriter text = new StringWriter();
        rows.write().usingOptions(CsvWriteOptions.builder(text)
                .header(false)
                .ignoreLeadingWhitespaces(false)
                .ignoreTrailingWhitespaces(false)
                .lineEnd("\n")
                .build());
        return text.toString();
    }

    /** The whole rows that the file holds; part of a row, as a kill may leave it, is cut off, and the columns get their names. */
    Table start() {
        try {
            rows.setLength(wholeRows(growing));
            rows.seek(rows.length());
            if (rows.length() == 0) {
                append(HEADER);
                return none();
            }
            return Table.read().usingOptions(CsvReadOptions.builder(growing.toFile())
                    .columnTypes(TYPES)
                    .missingValueIndicator("")
                    .commentPrefix('\0')
                    .lineEnding("\n")
                    .maxCharsPerColumn(LONGEST));
        } catch (IOException e) {
            throw failure(e);
        } catch (RuntimeException e) {
            throw new DataException("%s cannot be read (%s); remove it to score from the start".formatted(growing, e.getMessage()), e);
        }
    }

    /** Bytes up to the last line end that is not inside quotes. */
    private static long wholeRows(Path file) throws IOException {
        long whole = 0;
        boolean quoted = false;
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
            int next = stream.read();
            for (long read = 1; next >= 0; read++) {
                quoted ^= next == '"';
                whole = next == '\n' && !quoted ? read : whole;
                next = stream.read();
            }
        }
        return whole;
    }

    /** Appends rows and forces them to the disk. */
    void append(Table more) {
        append(text(more));
    }

    private void append(String text) {
        try {
            rows.write(text.getBytes(StandardCharsets.UTF_8));
            rows.getFD().sync();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** All rows are there: they take the place of earlier ones. */
    void finish() {
        try {
            rows.close();
            if (!growing.equals(file)) {
                SafeFiles.takePlace(growing, file);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Removes what it has begun if that has no rows, so that a call that was refused stands in nobody's way. */
    void forget() {
        try {
            if (rows.length() <= HEADER.length()) {
                rows.close();
                Files.deleteIfExists(growing);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Where the rows are until all are there. */
    Path growing() {
        return growing;
    }

    private UncheckedIOException failure(IOException e) {
        return new UncheckedIOException("%s cannot be written: %s".formatted(growing, e.getMessage()), e);
    }

    @Override
    public void close() {
        try {
            rows.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }
}
