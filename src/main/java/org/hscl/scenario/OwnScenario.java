package org.hscl.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.hscl.data.Duplicates;
import org.hscl.data.ImageSet;
import org.hscl.data.OwnImages;
import org.hscl.data.SafeFiles;
import org.hscl.engine.SeededRandom;

/**
 * One's own pictures as a split: what their folders say is what training knows. The truth behind unlabeled pictures is not
 * known; they count as normal until a test tells otherwise.
 *
 * @param testShare how much of the labeled pictures, normal and abnormal alike, is held out for testing, in [0, 1)
 * @param seed the seed of that choice
 */
public record OwnScenario(double testShare, long seed) {

    private static final SampleState[] STATES = {
        SampleState.LABELED_NORMAL, SampleState.LABELED_ABNORMAL, SampleState.UNLABELED_NORMAL
    };

    private static final Map<Label, String> FOLDERS =
            Map.of(Label.NORMAL, "normal", Label.ABNORMAL, "abnormal", Label.UNLABELED, "unlabeled");

    /** Checks the share. */
    public OwnScenario {
        if (!(testShare >= 0 && testShare < 1)) {
            throw new IllegalArgumentException("testShare is %s; give a share in [0, 1)".formatted(testShare));
        }
    }

    /** All pictures train, none is held out; seed 1. */
    public static OwnScenario defaults() {
        return new OwnScenario(0, 1);
    }

    /** Another share for testing. */
    public OwnScenario withTestShare(double share) {
        return new OwnScenario(share, seed);
    }

    /** Another seed. */
    public OwnScenario withSeed(long newSeed) {
        return new OwnScenario(testShare, newSeed);
    }

    /**
     * Makes the split.
     *
     * @param pictures what {@link OwnImages#read()} gives
     * @throws IllegalArgumentException if the classes are others, no picture is normal or unlabeled, or one
     *     is both normal and abnormal
     */
    public Split split(ImageSet pictures) {
        if (!pictures.classNames().equals(OwnImages.CLASSES)) {
            throw new IllegalArgumentException("%s has the classes %s; give what OwnImages reads, with %s"
                    .formatted(pictures.name(), pictures.classNames(), OwnImages.CLASSES));
        }
        refuseContradictions(pictures);
        boolean[] inTest = new boolean[pictures.count()];
        for (int label = 0; label < 2; label++) {
            int[] rows = pictures.rowsOf(label);
            int[] order = SeededRandom.permutation(rows.length, SeededRandom.at(seed, label));
            IntStream.range(0, (int) Math.round(rows.length * testShare)).forEach(i -> inTest[rows[order[i]]] = true);
        }
        int[] trainRows =
                IntStream.range(0, inTest.length).filter(i -> !inTest[i]).toArray();
        ImageSet train = pictures.select(trainRows);
        ImageSet test = pictures.select(
                IntStream.range(0, inTest.length).filter(i -> inTest[i]).toArray());
        List<SampleState> states =
                Arrays.stream(train.labels()).mapToObj(label -> STATES[label]).toList();
        if (states.stream().allMatch(state -> state == SampleState.LABELED_ABNORMAL)) {
            throw new IllegalArgumentException("%s has no normal or unlabeled pictures to train on; add some to %s"
                    .formatted(pictures.name(), pictures.source()));
        }
        boolean[] abnormal = new boolean[test.count()];
        IntStream.range(0, abnormal.length).forEach(i -> abnormal[i] = test.labels()[i] == 1);
        List<String> notes = new ArrayList<>(Split.notes(train, test));
        List<Duplicates.Pair> near = Duplicates.near(train, test);
        if (!near.isEmpty()) {
            notes.add("%d of %d test images look almost like a training image; the first is %s, beside %s.".formatted(
                    near.size(), test.count(), name(test, near.get(0).test()), name(train, near.get(0).train())));
        }
        if (states.contains(SampleState.UNLABELED_NORMAL)) {
            notes.add("Whether an unlabeled picture is normal is not known; the table counts all of them as normal.");
        }
        return new Split(pictures.name() + ": own pictures", train, states, test, abnormal, notes);
    }

    /** One picture cannot be both; which of the two it is, training cannot know. */
    private static void refuseContradictions(ImageSet pictures) {
        ImageSet normal = pictures.select(pictures.rowsOf(0));
        ImageSet abnormal = pictures.select(pictures.rowsOf(1));
        List<Duplicates.Pair> both = Duplicates.between(normal, abnormal);
        if (!both.isEmpty()) {
            throw new IllegalArgumentException(
                    "%d pictures stand both in normal and in abnormal; take them out of one of the two. The first: %s and %s".formatted(
                            both.size(), name(normal, both.get(0).train()), name(abnormal, both.get(0).test())));
        }
    }

    private static String name(ImageSet set, int row) {
        return set.files().isEmpty() ? "image " + row : set.files().get(row);
    }

    /**
     * Writes a split's training images as PNG files into folders that {@link OwnImages} reads, to try things out. The name
     * of a file ends in the image's class, so that a reader can check what a detector says of it.
     *
     * @param folder left as it is if it is there already
     * @throws UncheckedIOException if it cannot be written
     */
    public static void writeExample(Split split, Path folder) {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path aside = folder.resolveSibling("." + folder.getFileName() + ".writing"); // a kill leaves no half example
        Label[] labels = split.labels();
        List<String> classes = split.train().classOfEach();
        try {
            SafeFiles.deleteFolder(aside);
            for (int i = 0; i < labels.length; i++) {
                String name = String.format(Locale.ROOT, "%05d-%s.png", i, classes.get(i).replaceAll("\\W+", "-"));
                Path file = aside.resolve(FOLDERS.get(labels[i])).resolve(name);
                Files.createDirectories(file.getParent());
                ImageIO.write(split.train().image(i), "png", file.toFile());
            }
            SafeFiles.move(aside, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written (%s); choose another folder".formatted(folder, e.getMessage()), e);
        }
    }
}
