package org.hscl.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    /** The files in a folder and its subfolders in the order of their names, without hidden ones. */
    static List<Path> list(Path folder) {
        try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return walk.filter(path -> !Files.isDirectory(path) && !isHidden(folder.relativize(path)))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new DataException(
                    "Cannot list the folder %s (%s); check its name and permissions".formatted(folder, e), e);
        }
    }

    /** The folders in a folder in the order of their names, without hidden ones. */
    static List<Path> folders(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(path -> Files.isDirectory(path) && !isHidden(path.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataException(
                    "Cannot list the folder %s (%s); check its name and permissions".formatted(folder, e), e);
        }
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".") || part.toString().equals("Thumbs.db")) {
                return true;
            }
        }
        return false;
    }

    /**
     * What was made of some files.
     *
     * @param pixels as in {@link ImageSet}, zeros where a file is bad
     * @param failures why a file is bad, null for a good one
     */
    record Decoded(byte[] pixels, @Nullable DataException[] failures) {}

    /** Decodes files on all cores; bad ones are noted. */
    static Decoded decode(List<Path> files, int size, Fit fit) {
        int plane = size * size;
        byte[] pixels = new byte[Math.multiplyExact(files.size(), 3 * plane)];
        @Nullable DataException[] failures = new DataException[files.size()];
        IntStream.range(0, files.size()).parallel().forEach(i -> {
            try {
                byte[][] values = ImageFile.read(files.get(i)).square(size, fit).values();
                for (int c = 0; c < 3; c++) {
                    System.arraycopy(values[c], 0, pixels, (3 * i + c) * plane, plane);
                }
            } catch (DataException e) {
                failures[i] = e;
            }
        });
        return new Decoded(pixels, failures);
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
        @Nullable DataException[] failures = decoded.failures();
        String source = folder.toString();
        int[] good = IntStream.range(0, count).filter(i -> failures[i] == null).toArray();
        if (good.length < count) {
            DataException first =
                    Arrays.stream(failures).filter(Objects::nonNull).findFirst().orElseThrow();
            if (count < MANY || good.length < count / 2) {
                throw first;
            }
            source += " without %d of %d files that could not be read".formatted(count - good.length, count);
            LOG.warn("{}; the first: {}", source, first.getMessage());
        }
        int[] classOf = labels.stream().mapToInt(Integer::intValue).toArray();
        List<String> names = files.stream().map(Path::toString).toList();
        ImageSet all = new ImageSet(name, source, size, decoded.pixels(), classOf, classNames, names);
        return good.length == count ? all : all.select(good);
    }
}
