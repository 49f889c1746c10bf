package org.hscl.spark;

import com.github.marschall.memoryfilesystem.MemoryFileSystemBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;
import org.hscl.eval.Threshold;
import org.jspecify.annotations.Nullable;

/** Addresses become rows of (path, score, anomaly, error, detector, threshold, date), some at a time in flat memory. */
final class PictureScorer implements MapPartitionsFunction<String, Row> {

    private static final long serialVersionUID = 1;

    /** Files that are scored together, unless they have more than so many bytes. */
    static final int AT_ONCE = 64;
    private static final long BYTES = 64 << 20;

    private final Broadcast<ShippedDetector> shipped;
    private final SerializableConfiguration reading;
    private final double threshold;
    private final String date;

    PictureScorer(Broadcast<ShippedDetector> shipped, SerializableConfiguration reading, double threshold, String date) {
        this.shipped = shipped;
        this.reading = reading;
        this.threshold = threshold;
        this.date = date;
    }

    @Override
    public Iterator<Row> call(Iterator<String> addresses) {
        return new Iterator<>() {
            private Iterator<Row> ready = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                return ready.hasNext() || addresses.hasNext();
            }

            @Override
            public Row next() {
                if (!ready.hasNext()) {
                    ready = some(addresses).iterator();
                }
                return ready.next();
            }
        };
    }

    /** The next files: first the rows of those that cannot be read, then the others'. */
    private List<Row> some(Iterator<String> addresses) {
        List<Row> rows = new ArrayList<>();
        List<String> read = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        try (FileSystem memory = MemoryFileSystemBuilder.newLinux().build()) {
            for (long bytes = 0; addresses.hasNext() && rows.size() + read.size() < AT_ONCE && bytes < BYTES; ) {
                String address = addresses.next();
                byte[] content;
                try {
                    content = content(address);
                } catch (IOException e) {
                    rows.add(row(address, null, "%s cannot be read: %s; mend it or remove it".formatted(pathOf(address), e.getMessage())));
                    continue;
                }
                files.add(write(address, content, memory));
                read.add(address);
                bytes += content.length;
            }
            if (!files.isEmpty()) {
                List<PictureModel.Scored> scored = shipped.value().load().scorer().apply(files);
                for (int i = 0; i < scored.size(); i++) {
                    rows.add(row(read.get(i), scored.get(i).score(), scored.get(i).reason()));
                }
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException("pictures cannot be kept in memory: " + e.getMessage(), e);
        }
    }

    private Row row(String address, @Nullable Double score, String error) {
        Boolean anomaly = score == null ? null : Threshold.at(threshold).isAnomaly(score);
        return RowFactory.create(address, score, anomaly, error, shipped.value().sha256(), threshold, date);
    }

    private byte[] content(String address) throws IOException {
        var path = new org.apache.hadoop.fs.Path(address);
        try (InputStream in = path.getFileSystem(reading.value()).open(path)) {
            return in.readAllBytes();
        }
    }

    /** By the name that it has in the lake, which messages tell. */
    private static Path write(String address, byte[] content, FileSystem memory) throws IOException {
        Path file = memory.getPath(pathOf(address));
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    /** {@code /a/b.png} of {@code file:/a/b.png} or {@code s3a://bucket/a/b.png}. */
    static String pathOf(String address) {
        int scheme = address.indexOf(':');
        String rest = scheme > 0 && scheme < address.indexOf('/') ? address.substring(scheme + 1) : address;
        return rest.startsWith("//") ? "/" + rest.substring(2) : rest;
    }
}
