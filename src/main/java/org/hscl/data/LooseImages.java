package org.hscl.data;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Pictures in a folder and its subfolders, without classes, for scoring. Every file becomes one row, a picture or the
 * reason why not; nothing in a file ends the reading, and the memory that is used is that of a batch.
 *
 * @param folder where they are
 * @param size height and width in pixels
 * @param fit how a picture becomes a square; the same as at the training
 */
public record LooseImages(Path folder, int size, Fit fit) {

    private static final List<String> CLASSES = List.of("unknown");

    /**
     * What was read of some files.
     *
     * @param rows one a file, in order
     * @param images the pictures of the readable rows, in order, each with its file
     */
    public record Batch(List<ImageRow> rows, ImageSet images) {

        /** Why each file that gave no picture gave none. */
        public Map<Path, String> unreadable() {
            Map<Path, String> reasons = new LinkedHashMap<>();
            rows.stream().filter(row -> !row.readable()).forEach(row -> reasons.put(row.file(), row.reason()));
            return reasons;
        }
    }

    /**
     * What is there: files to be read, and files that by their names are no pictures, to be told.
     *
     * @throws DataException if the folder cannot be listed
     */
    public FolderWalk walk() {
        return FolderWalk.of(folder);
    }

    /** All files that may be pictures, in the order of their names. */
    public List<Path> files() {
        return walk().files();
    }

    /** Reads some of the {@link #files()} at once, on all cores. */
    public Batch read(List<Path> files) {
        ImageFiles.Decoded decoded = ImageFiles.decode(files, size, fit);
        String name = folder.toString();
        List<String> names = files.stream().map(Path::toString).toList();
        ImageSet all = new ImageSet(name, name, size, decoded.pixels(), new int[files.size()], CLASSES, names,
                Optional.of(new ImageSet.Reading(fit, List.of())));
        int[] good = IntStream.range(0, files.size()).filter(i -> decoded.rows().get(i).readable()).toArray();
        return new Batch(decoded.rows(), all.select(good));
    }

    /**
     * Reads files batch by batch, each when it is asked for.
     *
     * @param files some of the {@link #files()}
     * @param atOnce files a batch, at least 1
     */
    public Iterable<Batch> batches(List<Path> files, int atOnce) {
        if (atOnce < 1) {
            throw new IllegalArgumentException("atOnce is %d; read at least 1 file at once".formatted(atOnce));
        }
        return () -> batchesFrom(files, atOnce);
    }

    private Iterator<Batch> batchesFrom(List<Path> files, int atOnce) {
        int count = (files.size() + atOnce - 1) / atOnce;
        return IntStream.range(0, count)
                .mapToObj(i -> read(files.subList(i * atOnce, Math.min((i + 1) * atOnce, files.size()))))
                .iterator();
    }

    /**
     * What became of one file: a picture, or the reason why not.
     *
     * @param file the file
     * @param reason one sentence that names the file and says why it is no picture here, or empty for a picture
     * @param note what a reader should know of a picture, such as that only the first of its pages was read, or empty
     */
    public record ImageRow(Path file, String reason, String note) {

        /** Whether the file gave a picture. */
        public boolean readable() {
            return reason.isEmpty();
        }
    }
}
