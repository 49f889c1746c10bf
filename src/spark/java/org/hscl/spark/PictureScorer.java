package org.hscl.spark;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
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
import org.hscl.data.ImageRow;
import org.hscl.data.LooseImages;
import org.hscl.detect.Detector;
import org.hscl.eval.Threshold;

/** Rows of (path, content) become rows of (path, score, anomaly, error, detector, threshold, date), some at a time in flat memory. */
final class PictureScorer implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1;

    private static final int AT_ONCE = 64;

    private final Broadcast<ShippedDetector> shipped;
    private final double threshold;
    private final String date;

    PictureScorer(Broadcast<ShippedDetector> shipped, double threshold, String date) {
        this.shipped = shipped;
        this.threshold = threshold;
        this.date = date;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> pictures) {
        return new Iterator<>() {
            private Iterator<Row> ready = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                return ready.hasNext() || pictures.hasNext();
            }

            @Override
            public Row next() {
                if (!ready.hasNext()) {
                    List<Row> some = new ArrayList<>();
                    while (some.size() < AT_ONCE && pictures.hasNext()) {
                        some.add(pictures.next());
                    }
                    ready = scored(some).iterator();
                }
                return ready.next();
            }
        };
    }

    private List<Row> scored(List<Row> some) {
        Detector detector = shipped.value().load();
        Threshold line = Threshold.at(threshold);
        try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
            List<Path> files = new ArrayList<>();
            for (Row row : some) {
                files.add(write(row, memory));
            }
            LooseImages.Batch batch = detector.pictures(memory.getPath("/")).read(files);
            double[] scores = batch.images().count() == 0 ? new double[0] : detector.score(batch.images());
            List<Row> rows = new ArrayList<>();
            int next = 0;
            for (int i = 0; i < some.size(); i++) {
                ImageRow read = batch.rows().get(i);
                Double score = read.readable() ? scores[next++] : null;
                rows.add(RowFactory.create(some.get(i).getString(0), score, score == null ? null : line.isAnomaly(score), read.reason(),
                        shipped.value().sha256(), threshold, date));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException("pictures cannot be kept in memory: " + e.getMessage(), e);
        }
    }

    /** By the name that it has in the lake, which messages tell. */
    private static Path write(Row row, FileSystem memory) throws IOException {
        Path file = memory.getPath(pathOf(row.getString(0)));
        Files.createDirectories(file.getParent());
        return Files.write(file, row.<byte[]>getAs(1));
    }

    /** {@code /a/b.png} of {@code file:/a/b.png} or {@code s3a://bucket/a/b.png}. */
    static String pathOf(String address) {
        int scheme = address.indexOf(':');
        String rest = scheme > 0 && scheme < address.indexOf('/') ? address.substring(scheme + 1) : address;
        return rest.startsWith("//") ? "/" + rest.substring(2) : rest;
    }
}
