package org.hscl.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * One's own pictures, of any size and format, in folders {@code normal}, {@code abnormal} and {@code unlabeled}, of which
 * any may be missing but one.
 *
 * @param folder the folder that holds those folders
 * @param size height and width in pixels, 32, 64 or 128; paper: 32
 * @param fit how a picture becomes a square
 */
public record OwnImages(Path folder, int size, Fit fit) {

    /** The folders, which become the classes of the result: 0 normal, 1 abnormal, 2 unlabeled. */
    public static final List<String> CLASSES = List.of("normal", "abnormal", "unlabeled");

    private static final Set<Integer> SIZES = Set.of(32, 64, 128);

    /** Checks the size. */
    public OwnImages {
        if (!SIZES.contains(size)) {
            throw new IllegalArgumentException("size is %d; choose 32, 64 or 128".formatted(size));
        }
    }

    /** 32 pixels, the middle of each picture. */
    public static OwnImages defaults(Path folder) {
        return new OwnImages(folder, 32, Fit.CROP);
    }

    /** Another size. */
    public OwnImages withSize(int newSize) {
        return new OwnImages(folder, newSize, fit);
    }

    /** Another way to make squares. */
    public OwnImages withFit(Fit newFit) {
        return new OwnImages(folder, size, newFit);
    }

    /**
     * Reads the pictures.
     *
     * @return images whose labels are indices into {@link #CLASSES}
     * @throws MissingDataException if the folder has none of the three folders
     * @throws DataException if they hold no pictures or one can't be read (of a thousand and more, bad ones are skipped)
     */
    public ImageSet read() {
        ImageFiles files = new ImageFiles();
        boolean found = false;
        for (int label = 0; label < CLASSES.size(); label++) {
            Path of = folder.resolve(CLASSES.get(label));
            if (Files.isDirectory(of)) {
                files.addAll(of, label);
                found = true;
            }
        }
        if (!found) {
            throw new MissingDataException("%s has none of the folders %s; make at least one and put pictures there"
                    .formatted(folder, String.join(", ", CLASSES)));
        }
        return files.read(folder.toAbsolutePath().normalize().getFileName().toString(), folder, size, fit, CLASSES);
    }
}
