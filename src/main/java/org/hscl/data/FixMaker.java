package org.hscl.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.hscl.engine.SeededRandom;

/**
 * Makes sets like LSUN (FIX) and ImageNet (FIX) from full-size pictures, resized as their makers did: see {@link Fit#FIX}.
 *
 * @param size height and width in pixels; the makers': 32
 * @param seed the seed of the choice of pictures
 */
public record FixMaker(int size, long seed) {

    private static final int PER_CLASS = 1000;
    private static final int TOTAL = 10_000;

    /** Checks the size. */
    public FixMaker {
        if (size < 1) {
            throw new IllegalArgumentException("size is %d; give at least 1".formatted(size));
        }
    }

    /** As the makers: 32 pixels; seed 0. */
    public static FixMaker defaults() {
        return new FixMaker(32, 0);
    }

    /** Another size. */
    public FixMaker withSize(int newSize) {
        return new FixMaker(newSize, seed);
    }

    /** Another seed. */
    public FixMaker withSeed(long newSeed) {
        return new FixMaker(size, newSeed);
    }

    /**
     * A set like LSUN (FIX): up to 1000 pictures of each class folder; the i-th of class c becomes
     * {@code correct_resize_ID.png} with ID = 1000·c + i.
     *
     * @param source a folder of class folders, taken in the order of their names
     * @param target a folder, made if absent
     * @return how many pictures were written
     * @throws DataException if there are no class folders, or a picture can't be read or written, naming it
     */
    public int makeByClass(Path source, Path target) {
        List<Path> classes = ImageFiles.folders(source);
        Map<Integer, Path> chosen = new LinkedHashMap<>();
        for (int c = 0; c < classes.size(); c++) {
            choose(ImageFiles.list(classes.get(c)), PER_CLASS, c * PER_CLASS, chosen);
        }
        return write(chosen, source, target);
    }

    /**
     * A set like ImageNet (FIX): up to 10,000 pictures of a folder and its subfolders, numbered from 0.
     *
     * @param source a folder of pictures
     * @param target a folder, made if absent
     * @return how many pictures were written
     * @throws DataException if there are no pictures, or one can't be read or written, naming it
     */
    public int makePlain(Path source, Path target) {
        Map<Integer, Path> chosen = new LinkedHashMap<>();
        choose(ImageFiles.list(source), TOTAL, 0, chosen);
        return write(chosen, source, target);
    }

    private void choose(List<Path> candidates, int limit, int firstNumber, Map<Integer, Path> chosen) {
        int[] order = SeededRandom.permutation(candidates.size(), SeededRandom.at(seed, firstNumber));
        for (int i = 0; i < Math.min(limit, order.length); i++) {
            chosen.put(firstNumber + i, candidates.get(order[i]));
        }
    }

    private int write(Map<Integer, Path> chosen, Path source, Path target) {
        if (chosen.isEmpty()) {
            throw new DataException("%s holds no pictures to make a set of; check its folders".formatted(source));
        }
        try {
            Files.createDirectories(target);
        } catch (IOException e) {
            throw new DataException("Cannot make the folder %s (%s); choose another".formatted(target, e), e);
        }
        chosen.entrySet().parallelStream()
                .forEach(entry -> write(entry.getValue(), target.resolve("correct_resize_" + entry.getKey() + ".png")));
        return chosen.size();
    }

    private void write(Path source, Path target) {
        byte[][] values = ImageFile.read(source).planes().square(size, Fit.FIX).values();
        BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < size * size; i++) {
            int colour = (values[0][i] & 0xFF) << 16 | (values[1][i] & 0xFF) << 8 | values[2][i] & 0xFF;
            picture.setRGB(i % size, i / size, colour);
        }
        try {
            ImageIO.write(picture, "png", target.toFile());
        } catch (IOException e) {
            throw new DataException(
                    "Cannot write %s (%s); check the folder and the space on the disk".formatted(target, e), e);
        }
    }
}
