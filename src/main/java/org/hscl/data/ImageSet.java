package org.hscl.data;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Square colour images in memory, one byte a value, with a class for each. Arrays are shared, not copied: treat them as
 * read-only.
 *
 * @param name short name for tables and charts, such as {@code Fashion-MNIST test}
 * @param source where the images come from: a file, a folder or a citation
 * @param size height and width in pixels, such as 32
 * @param pixels N × 3 × size × size values in [0, 255], image-major, then red, green, blue planes, then rows
 * @param labels the class of each image, an index into {@code classNames}, (N)
 * @param classNames the name of each class
 * @param files the file of each image, (N), or empty where many images share a file
 * @param reading how pictures of any shape became these images; none where they were images of this size already
 */
public record ImageSet(
        String name,
        String source,
        int size,
        byte[] pixels,
        int[] labels,
        List<String> classNames,
        List<String> files,
        Optional<Reading> reading) {

    /**
     * How picture files became images.
     *
     * @param fit how each became a square
     * @param notes what a reader should know, one sentence each: files that gave no picture, pages left out, folders not used
     */
    public record Reading(Fit fit, List<String> notes) {
        /** Copies the notes. */
        public Reading {
            notes = List.copyOf(notes);
        }
    }

    /** Checks that the arrays fit together. */
    public ImageSet {
        classNames = List.copyOf(classNames);
        files = List.copyOf(files);
        if (size < 1 || (long) labels.length * 3 * size * size != pixels.length) {
            throw new IllegalArgumentException("%s: %d pixel values do not make %d images of 3×%d×%d; check the file"
                    .formatted(name, pixels.length, labels.length, size, size));
        }
        if (!files.isEmpty() && files.size() != labels.length) {
            throw new IllegalArgumentException("%s: %d file names for %d images; give one each or none"
                    .formatted(name, files.size(), labels.length));
        }
        for (int label : labels) {
            if (label < 0 || label >= classNames.size()) {
                throw new IllegalArgumentException("%s: label %d is outside 0 … %d; check the labels"
                        .formatted(name, label, classNames.size() - 1));
            }
        }
    }

    /** An image set whose images share one source. */
    public ImageSet(String name, String source, int size, byte[] pixels, int[] labels, List<String> classNames) {
        this(name, source, size, pixels, labels, classNames, List.of());
    }

    /** An image set whose images are of this size already, each with its file. */
    public ImageSet(String name, String source, int size, byte[] pixels, int[] labels, List<String> classNames, List<String> files) {
        this(name, source, size, pixels, labels, classNames, files, Optional.empty());
    }

    /**
     * Memory for some images.
     *
     * @throws DataException if they are more than one array holds
     */
    static byte[] room(int count, int size) {
        long stride = 3L * size * size;
        if (count * stride > Integer.MAX_VALUE - 8) {
            throw new DataException("%d images of %d pixels are more than one set can hold, which is %d; give fewer or smaller ones"
                    .formatted(count, size, (Integer.MAX_VALUE - 8) / stride));
        }
        return new byte[(int) (count * stride)];
    }

    /**
     * Several sets as one, in which all images of a set share a class.
     *
     * @param sets the sets, all of one size
     * @param classNames the name of each class of the whole
     * @param classOfSet the class of each set, an index into {@code classNames}
     */
    public static ImageSet pooled(String name, List<ImageSet> sets, List<String> classNames, int... classOfSet) {
        int size = sets.get(0).size;
        int count = sets.stream().mapToInt(ImageSet::count).sum();
        byte[] pixels = room(count, size);
        int[] labels = new int[count];
        int start = 0;
        for (int i = 0; i < sets.size(); i++) {
            ImageSet set = sets.get(i);
            if (set.size != size) {
                throw new IllegalArgumentException("%s has images of %d pixels, %s of %d; use one size"
                        .formatted(set.name, set.size, sets.get(0).name, size));
            }
            System.arraycopy(set.pixels, 0, pixels, start * set.stride(), set.pixels.length);
            Arrays.fill(labels, start, start + set.count(), classOfSet[i]);
            start += set.count();
        }
        String source = sets.stream().map(ImageSet::source).distinct().collect(Collectors.joining(", "));
        return new ImageSet(name, source, size, pixels, labels, classNames);
    }

    /** The number of images N. */
    public int count() {
        return labels.length;
    }

    /** Bytes of one image, 3 · size · size. */
    public int stride() {
        return 3 * size * size;
    }

    /** A name for the same images. */
    public ImageSet withName(String newName) {
        return new ImageSet(newName, source, size, pixels, labels, classNames, files, reading);
    }

    /**
     * A subset, copied.
     *
     * @param rows image numbers in [0, N), in the wanted order
     */
    public ImageSet select(int[] rows) {
        byte[] chosen = room(rows.length, size);
        int[] chosenLabels = new int[rows.length];
        List<String> chosenFiles = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(pixels, rows[i] * stride(), chosen, i * stride(), stride());
            chosenLabels[i] = labels[rows[i]];
            if (!files.isEmpty()) {
                chosenFiles.add(files.get(rows[i]));
            }
        }
        return new ImageSet(name, source, size, chosen, chosenLabels, classNames, chosenFiles, reading);
    }

    /** The first {@code limit} images in file order, or all where there are fewer. */
    public ImageSet first(int limit) {
        return limit >= count() ? this : select(IntStream.range(0, limit).toArray());
    }

    /** The numbers of the images of one class, in file order. */
    public int[] rowsOf(int label) {
        return IntStream.range(0, count()).filter(i -> labels[i] == label).toArray();
    }

    /**
     * The images of some classes, in file order; the classes keep their numbers.
     *
     * @param classes names or numbers
     * @throws IllegalArgumentException if there is no such class
     */
    public ImageSet ofClasses(String... classes) {
        Set<Integer> wanted = Arrays.stream(classes).map(this::classIndex).collect(Collectors.toSet());
        return select(IntStream.range(0, count()).filter(i -> wanted.contains(labels[i])).toArray());
    }

    /** The name of each image's class, (N). */
    public List<String> classOfEach() {
        return Arrays.stream(labels).mapToObj(classNames::get).toList();
    }

    /**
     * The number of a class.
     *
     * @param className a name from {@link #classNames()} in any case, or a number
     * @throws IllegalArgumentException if there is no such class
     */
    public int classIndex(String className) {
        for (int i = 0; i < classNames.size(); i++) {
            if (classNames.get(i).equalsIgnoreCase(className)) {
                return i;
            }
        }
        for (int i = 0; i < classNames.size(); i++) { // a class may be called by a number that is not its own
            if (Integer.toString(i).equals(className)) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "%s has no class '%s'; choose one of %s".formatted(name, className, String.join(", ", classNames)));
    }

    /** One image as a picture, for galleries and thumbnails. */
    public BufferedImage image(int row) {
        BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        int plane = size * size;
        int start = row * stride();
        for (int i = 0; i < plane; i++) {
            int red = pixels[start + i] & 0xFF;
            int green = pixels[start + plane + i] & 0xFF;
            int blue = pixels[start + 2 * plane + i] & 0xFF;
            picture.setRGB(i % size, i / size, red << 16 | green << 8 | blue);
        }
        return picture;
    }
}
