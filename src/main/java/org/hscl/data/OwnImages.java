package org.hscl.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.hscl.data.DataException.MissingDataException;

/**
 * One's own pictures, of any size and format, in folders {@code normal}, {@code abnormal} and {@code unlabeled}, of which
 * any may be missing but one.
 *
 * @param folder the folder that holds those folders
 * @param size height and width in pixels, 32, 64 or 128; paper: 32
 * @param fit how a picture becomes a square
 * @param strict whether a file that gives no picture ends the reading; else it is left out and named in the notes
 */
public record OwnImages(Path folder, int size, Fit fit, boolean strict) {

    /** The folders, which become the classes of the result: 0 normal, 1 abnormal, 2 unlabeled. */
    public static final List<String> CLASSES = List.of("normal", "abnormal", "unlabeled");

    /** How many letters two names differ by, or −1 if by more than two. */
    private static final LevenshteinDistance LETTERS = new LevenshteinDistance(2);

    private static final Set<Integer> SIZES = Set.of(32, 64, 128);

    /** Checks the size. */
    public OwnImages {
        if (!SIZES.contains(size)) {
            throw new IllegalArgumentException("size is %d; choose 32, 64 or 128".formatted(size));
        }
    }

    /** 32 pixels, the middle of each picture. */
    public static OwnImages defaults(Path folder) {
        return new OwnImages(folder, 32, Fit.CROP, false);
    }

    /** Another size. */
    public OwnImages withSize(int newSize) {
        return new OwnImages(folder, newSize, fit, strict);
    }

    /** Another way to make squares. */
    public OwnImages withFit(Fit newFit) {
        return new OwnImages(folder, size, newFit, strict);
    }

    /** Whether a file that gives no picture ends the reading. */
    public OwnImages withStrict(boolean all) {
        return new OwnImages(folder, size, fit, all);
    }

    /**
     * Reads the pictures. What was not used and why stands in the result's {@link ImageSet#reading()}.
     *
     * @return images whose labels are indices into {@link #CLASSES}
     * @throws MissingDataException if the folder has none of the three folders
     * @throws DataException if they hold no pictures, more than half of a folder gives none, or a folder's name is nearly one of
     *     the three
     */
    public ImageSet read() {
        ImageFiles files = new ImageFiles();
        boolean found = false;
        noteOthers(files);
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
        return files.read(folder.toAbsolutePath().normalize().getFileName().toString(), folder, size, fit, CLASSES, strict);
    }

    /** A folder that someone misspelt would be left out with all its labels. */
    private void noteOthers(ImageFiles files) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (Path other : ImageFiles.folders(folder)) {
            String name = other.getFileName().toString();
            if (!CLASSES.contains(name)) {
                if (CLASSES.stream().anyMatch(known -> LETTERS.apply(name.toLowerCase(Locale.ROOT), known) >= 0)) {
                    throw new DataException("%s would not be used; rename it to one of %s, or move it elsewhere"
                            .formatted(other, String.join(", ", CLASSES)));
                }
                files.note("%s is not used: pictures are read from the folders %s.".formatted(other, String.join(", ", CLASSES)));
            }
        }
        long loose = ImageFiles.loose(folder);
        if (loose > 0) {
            files.note("%d files that lie in %s itself are not used: pictures are read from the folders %s."
                    .formatted(loose, folder, String.join(", ", CLASSES)));
        }
    }

    /**
     * Says what a picture is: moves it to the folder {@code normal} or {@code abnormal}, from where the next reading takes it as labeled.
     * Nothing is overwritten: where its name is taken, it gets a number.
     *
     * @param picture a file in the folder {@code unlabeled}
     * @param abnormal whether it is an anomaly
     * @return where it is now
     * @throws DataException if it does not lie there, or cannot be moved
     */
    public Path label(Path picture, boolean abnormal) {
        Path from = folder.resolve("unlabeled").toAbsolutePath().normalize();
        Path file = picture.toAbsolutePath().normalize();
        if (!file.startsWith(from) || !Files.isRegularFile(file)) {
            throw new DataException("%s is no file in %s; only unlabeled pictures can be labeled".formatted(picture, from));
        }
        Path wanted = folder.resolve(CLASSES.get(abnormal ? 1 : 0)).resolve(from.relativize(file).toString());
        Path to = wanted;
        for (int number = 2; Files.exists(to); number++) {
            to = wanted.resolveSibling(number + "-" + wanted.getFileName());
        }
        try {
            Files.createDirectories(to.getParent());
            return Files.move(file, to);
        } catch (IOException e) {
            throw new DataException("%s cannot be moved to %s (%s); check the permissions of both folders".formatted(picture, to, e), e);
        }
    }
}
