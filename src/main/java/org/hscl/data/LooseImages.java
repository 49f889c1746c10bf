package org.hscl.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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

    /** Decodes some of the {@link #files()}, on all cores. */
    public Reading read(List<Path> files) {
        byte[] @Nullable [] pixels = new byte[files.size()][];
        @Nullable String[] reasons = new String[files.size()];
        IntStream.range(0, files.size()).parallel().forEach(i -> {
            try {
                pixels[i] = flat(ImageFile.read(files.get(i)).square(size, fit).values());
            } catch (DataException e) {
                reasons[i] = e.getMessage();
            }
        });
        int stride = 3 * size * size;
        List<String> good = new ArrayList<>();
        Map<Path, String> unreadable = new LinkedHashMap<>();
        byte[] all = new byte[(int) IntStream.range(0, pixels.length).filter(i -> pixels[i] != null).count() * stride];
        for (int i = 0; i < pixels.length; i++) {
            byte[] picture = pixels[i];
            if (picture == null) {
                unreadable.put(files.get(i), String.valueOf(reasons[i]));
            } else {
                System.arraycopy(picture, 0, all, good.size() * stride, stride);
                good.add(files.get(i).toString());
            }
        }
        return new Reading(
                new ImageSet(folder.toString(), folder.toString(), size, all, new int[good.size()], CLASSES, good), unreadable);
    }

    private static byte[] flat(byte[][] planes) {
        byte[] flat = new byte[3 * planes[0].length];
        for (int c = 0; c < 3; c++) {
            System.arraycopy(planes[c], 0, flat, c * planes[c].length, planes[c].length);
        }
        return flat;
    }
}
