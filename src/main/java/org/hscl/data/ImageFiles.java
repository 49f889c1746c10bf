package org.hscl.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many picture files as one {@link ImageSet}, decoded on all cores. One bad file ends the reading with its name, unless
 * there are a thousand files or more: then bad files are skipped and counted in a warning.
 */
final class ImageFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ImageFiles.class);
    private static final int MANY = 1000;

    private final List<Path> files = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    /** Adds a file of a class. */
    void add(Path file, int label) {
        files.add(file);
        labels.add(label);
    }

    /** Adds all files in a folder and its subfolders, in the order of their names. */
    void addAll(Path folder, int label) {
        list(folder).forEach(file -> add(file, label));
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
        byte[] pixels = new byte[Math.multiplyExact(files.size(), stride)];
        List<ImageRow> rows = IntStream.range(0, files.size())
                .parallel()
                .mapToObj(i -> decode(files.get(i), size, fit, pixels, i * stride))
                .toList();
        return new Decoded(pixels, rows);
    }

    private static ImageRow decode(Path file, int size, Fit fit, byte[] pixels, int start) {
        try {
            byte[][] values = ImageFile.read(file).square(size, fit).values();
            for (int c = 0; c < 3; c++) {
                System.arraycopy(values[c], 0, pixels, start + c * size * size, size * size);
            }
            return new ImageRow(file, "", "");
        } catch (DataException e) {
            return new ImageRow(file, String.valueOf(e.getMessage()), "");
        }
    }

    /**
     * Decodes all files.
     *
     * @param folder where they are, for messages
     * @throws DataException if there are none, or a file is bad and they are few, or most are bad
     */
    ImageSet read(String name, Path folder, int size, Fit fit, List<String> classNames) {
        int count = files.size();
        if (count == 0) {
            throw new DataException(
                    "%s holds no picture files; put PNG, JPEG, TIFF, WebP, GIF or BMP files there".formatted(folder));
        }
        Decoded decoded = decode(files, size, fit);
        String source = folder.toString();
        int[] good = IntStream.range(0, count).filter(i -> decoded.rows().get(i).readable()).toArray();
        if (good.length < count) {
            ImageRow first =
                    decoded.rows().stream().filter(row -> !row.readable()).findFirst().orElseThrow();
            if (count < MANY || good.length < count / 2) {
                throw new DataException(first.reason());
            }
            source += " without %d of %d files that could not be read".formatted(count - good.length, count);
            LOG.warn("{}; the first: {}", source, first.reason());
        }
        int[] classOf = labels.stream().mapToInt(Integer::intValue).toArray();
        List<String> names = files.stream().map(Path::toString).toList();
        ImageSet all = new ImageSet(name, source, size, decoded.pixels(), classOf, classNames, names);
        return good.length == count ? all : all.select(good);
    }
}
