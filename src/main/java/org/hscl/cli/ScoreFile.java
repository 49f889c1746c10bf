package org.hscl.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hscl.data.DataException;
import org.hscl.data.Replaceable;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;
import tech.tablesaw.io.csv.CsvWriteOptions;

/**
 * The CSV file of a scoring: rows are written as they come, beside the file, which is replaced once its successor is whole or the
 * scoring was stopped. A process that is killed leaves the rows beside it; {@link #open} finds them there.
 */
final class ScoreFile implements AutoCloseable {

    static final String HEADER = "path,score,anomaly,error\n";

    private static final ColumnType[] TYPES = {ColumnType.STRING, ColumnType.DOUBLE, ColumnType.BOOLEAN, ColumnType.STRING};

    private final Path file;
    private final Path aside;
    private final Map<String, Double> done;
    private final OutputStream stream;

    private ScoreFile(Path file, Path aside, Map<String, Double> done, OutputStream stream) {
        this.file = file;
        this.aside = aside;
        this.done = done;
        this.stream = stream;
    }

    /**
     * Opens the file.
     *
     * @param resume whether rows that are there already are kept
     * @throws IOException one sentence, if it cannot be written or holds something else
     */
    static ScoreFile open(Path csv, boolean resume) throws IOException {
        Replaceable.checkFile(csv, HEADER);
        Path aside = csv.resolveSibling("." + csv.getFileName() + ".part");
        Map<String, Double> done = new LinkedHashMap<>();
        String kept = HEADER;
        if (resume) {
            kept = wholeRows(Files.exists(aside) ? aside : csv);
            CsvReadOptions options = CsvReadOptions.builderFromString(kept).columnTypes(TYPES).build();
            Table.read().usingOptions(options).forEach(row -> done.put(row.getString("path"), row.getDouble("score")));
        }
        OutputStream stream = new FileOutputStream(aside.toFile()); // no channel, which an interrupt would close
        stream.write(kept.getBytes(StandardCharsets.UTF_8));
        return new ScoreFile(csv, aside, done, stream);
    }

    /** All but a last row that was cut off: a line ends where the quotes before it are even. */
    private static String wholeRows(Path earlier) throws IOException {
        String text = Files.isRegularFile(earlier) ? Files.readString(earlier) : "";
        int end = text.lastIndexOf('\n') + 1;
        while (end > 0 && text.substring(0, end).chars().filter(c -> c == '"').count() % 2 == 1) {
            end = text.lastIndexOf('\n', end - 2) + 1;
        }
        if (end > 0 && !text.startsWith(HEADER)) {
            throw new DataException("%s is no file of scores; give another name to --csv".formatted(earlier));
        }
        return end == 0 ? HEADER : text.substring(0, end);
    }

    /** The rows of an earlier run: a path, and its score or not a number. */
    Map<String, Double> done() {
        return done;
    }

    /** Writes rows, which then outlast this process. */
    void append(Table rows) throws IOException {
        stream.write(text(rows).getBytes(StandardCharsets.UTF_8));
    }

    /** Rows without their header. */
    static String text(Table rows) {
        StringWriter text = new StringWriter();
        rows.write().usingOptions(CsvWriteOptions.builder(text).header(false).lineEnd("\n").build());
        return text.toString();
    }

    /** Puts what was written in the place of the file. */
    void finish() throws IOException {
        stream.close();
        Path target = Files.exists(file) ? file.toRealPath() : file; // a link stays a link
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            Files.copy(aside, Files.newOutputStream(target)); // a device or a pipe
            Files.delete(aside);
        } else {
            Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
