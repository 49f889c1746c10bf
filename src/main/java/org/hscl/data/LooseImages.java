package org.hscl.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Pictures in a folder and its subfolders, without classes, for scoring. A bad file does not end the reading: it is reported
 * with its reason.
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
     * @param images the pictures, in order, each with its file
     * @param unreadable why each other file could not be read, one sentence
     */
    public record Reading(ImageSet images, Map<Path, String> unreadable) {}

    /**
     * All files, hidden ones left out, in the order of their names.
     *
     * @throws DataException if the folder cannot be listed
     */
    public List<Path> files() {
        return ImageFiles.list(folder);
    }

    /** Decodes some of the {@link #files()}. */
    public Reading read(List<Path> files) {
        ImageFiles.Decoded decoded = ImageFiles.decode(files, size, fit);
        Map<Path, String> unreadable = new LinkedHashMap<>();
        for (int i = 0; i < files.size(); i++) {
            DataException failure = decoded.failures()[i];
            if (failure != null) {
                unreadable.put(files.get(i), String.valueOf(failure.getMessage()));
            }
        }
        String name = folder.toString();
        List<String> names = files.stream().map(Path::toString).toList();
        ImageSet all = new ImageSet(name, name, size, decoded.pixels(), new int[files.size()], CLASSES, names);
        int[] good = IntStream.range(0, files.size()).filter(i -> decoded.failures()[i] == null).toArray();
        return new Reading(all.select(good), unreadable);
    }
}
