package org.hscl.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hscl.data.LooseImages.ImageRow;

/**
 * Many picture files as one {@link ImageSet}, decoded on all cores. Files that give no picture are left out, and every one of
 * them stands in the set's notes; reading ends, naming all of them, where they are more than half of a class, or where none is
 * to be left out.
 */
final class ImageFiles {

    private final List<Path> files = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Adds a file of a class. */
    void add(Path file, int label) {
        files.add(file);
        labels.add(label);
    }

    /** Adds all files in a folder and its subfolders, in the order of their names. */
    void addAll(Path folder, int label) {
        list(folder).forEach(file -> add(file, label));
    }

    /** Adds a sentence to what the reader of the pictures is told. */
    void note(String sentence) {
        notes.add(sentence);
    }

    /** The files in a folder and its subfolders that may be pictures, in the order of their names. */
    static List<Path> list(Path folder) {
        return FolderWalk.of(folder).files();
    }

    /** The folders in a folder in the order of their names, without hidden ones. */
    static List<Path> folders(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(path -> Files.isDirectory(path) && !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataException(
                    "Cannot list the folder %s (%s); check its name and permissions".formatted(folder, e), e);
        }
    }

    /** How many files that may be pictures lie in a folder itself. */
    static long loose(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(path -> Files.isRegularFile(path) && !path.getFileName().toString().startsWith(".")
                    && !FolderWalk.isNoPicture(path)).count();
        } catch (IOException e) {
            throw new DataException(
                    "Cannot list the folder %s (%s); check its name and permissions".formatted(folder, e), e);
        }
    }

    /**
     * What was made of some files.
     *
     * @param pixels as in {@link ImageSet}, zeros where a file is bad
     * @param rows one a file
     */
    record Decoded(byte[] pixels, List<ImageRow> rows) {}

    /** Decodes files on all cores; bad ones are noted. */
    static Decoded decode(List<Path> files, int size, Fit fit) {
        int stride = 3 * size * size;
        byte[] pixels = ImageSet.room(files.size(), size);
        List<ImageRow> rows = IntStream.range(0, files.size())
                .parallel()
                .mapToObj(i -> decode(files.get(i), size, fit, pixels, i * stride))
                .toList();
        return new Decoded(pixels, rows);
    }

    private static ImageRow decode(Path file, int size, Fit fit, byte[] pixels, int start) {
        try {
            ImageFile.Picture picture = ImageFile.read(file);
            byte[][] values = picture.planes().square(size, fit).values();
            for (int c = 0; c < 3; c++) {
                System.arraycopy(values[c], 0, pixels, start + c * size * size, size * size);
            }
            return new ImageRow(file, "", picture.note());
        } catch (DataException e) {
            return new ImageRow(file, String.valueOf(e.getMessage()), "");
        }
    }

    /**
     * Decodes all files.
     *
     * @param folder where they are, for messages
     * @param strict whether a file that gives no picture ends the reading
     * @throws DataException if there are no files, or too many of them give no picture
     */
    ImageSet read(String name, Path folder, int size, Fit fit, List<String> classNames, boolean strict) {
        int count = files.size();
        if (count == 0) {
            throw new DataException(
                    "%s holds no picture files; put PNG, JPEG, TIFF, WebP, GIF, BMP or PNM files there".formatted(folder));
        }
        Decoded decoded = decode(files, size, fit);
        List<String> reasons = decoded.rows().stream().map(ImageRow::reason).filter(reason -> !reason.isEmpty()).toList();
        int[] good = IntStream.range(0, count).filter(i -> decoded.rows().get(i).readable()).toArray();
        if (strict && !reasons.isEmpty() || IntStream.range(0, classNames.size()).anyMatch(label -> mostAreLost(label, good))) {
            throw new DataException("%d of the %d files in %s give no picture; mend or remove them: %s"
                    .formatted(reasons.size(), count, folder, String.join("; ", reasons)));
        }
        List<String> told = new ArrayList<>(notes);
        decoded.rows().stream().map(ImageRow::note).filter(note -> !note.isEmpty()).forEach(told::add);
        if (!reasons.isEmpty()) {
            told.add("%d of the %d files in %s give no picture and are left out:".formatted(reasons.size(), count, folder));
            told.addAll(reasons);
        }
        int[] classOf = labels.stream().mapToInt(Integer::intValue).toArray();
        List<String> names = files.stream().map(Path::toString).toList();
        ImageSet all = new ImageSet(name, folder.toString(), size, decoded.pixels(), classOf, classNames, names,
                Optional.of(new ImageSet.Reading(fit, told)));
        return good.length == count ? all : all.select(good);
    }

    private boolean mostAreLost(int label, int[] good) {
        long read = IntStream.of(good).filter(row -> labels.get(row) == label).count();
        return 2 * read < labels.stream().filter(of -> of == label).count();
    }
}
