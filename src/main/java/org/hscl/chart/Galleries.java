package org.hscl.chart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.hscl.augment.AugmentConfig;
import org.hscl.data.ImageSet;
import org.hscl.engine.SeededRandom;
import org.hscl.scenario.Label;
import org.hscl.scenario.SampleState;
import org.hscl.scenario.Split;

/** Everything that is shown as pictures, one factory each. */
public final class Galleries {

    private Galleries() {}

    /** Images side by side, each with its caption. */
    public static Pictures strip(String title, ImageSet images, int[] rows, IntFunction<String> caption) {
        var tiles = IntStream.of(rows).mapToObj(row -> Pictures.tile(images, row, caption.apply(row)));
        return new Pictures(title, List.of(new Pictures.Row("", tiles.toList())));
    }

    /** Named rows of images. */
    public static Pictures grid(String title, Map<String, ImageSet> rows) {
        List<Pictures.Row> all = new ArrayList<>();
        rows.forEach((name, images) -> all.add(Pictures.row(name, images)));
        return new Pictures(title, all);
    }

    /** The first images of each class. */
    public static Pictures perClass(ImageSet images, int count) {
        var rows = IntStream.range(0, images.classNames().size())
                .mapToObj(label -> Pictures.row(images.classNames().get(label), first(images, images.rowsOf(label), count)));
        return new Pictures(images.name(), rows.toList());
    }

    /** The first training images in each state, the hidden truth of the unlabeled ones included. */
    public static Pictures perState(Split split, int count) {
        List<Pictures.Row> rows = new ArrayList<>();
        for (SampleState state : SampleState.values()) {
            if (split.count(state) > 0) {
                rows.add(Pictures.row(state.title(), first(split.train(), split.rowsOf(state), count)));
            }
        }
        return new Pictures(split.name(), rows);
    }

    /** Unlabeled training images at random, as a detector sees them: without their truth. */
    public static Pictures unlabeled(Split split, int rows, int columns, long seed) {
        int[] all = IntStream.range(0, split.states().size())
                .filter(i -> split.states().get(i).label() == Label.UNLABELED)
                .toArray();
        int[] order = SeededRandom.permutation(all.length, SeededRandom.at(seed));
        var drawn = IntStream.range(0, rows)
                .mapToObj(row -> IntStream.of(order).skip((long) row * columns).limit(columns).map(i -> all[i]).toArray())
                .map(row -> Pictures.row("", split.train().select(row)));
        return new Pictures("Unlabeled images", drawn.toList());
    }

    /** The images with the lowest scores, the lowest first, each with its class and score. */
    public static Pictures mostAnomalous(ImageSet images, double[] scores, int count) {
        int[] rows = sorted(IntStream.range(0, scores.length), Comparator.comparingDouble(i -> scores[i]), count);
        return scored("The most anomalous of " + images.name(), images, scores, rows);
    }

    /**
     * The anomalies with the highest scores, which a detector is most likely to miss, the highest first.
     *
     * @param abnormal the truth, (M)
     */
    public static Pictures mostConvincingAnomalies(ImageSet images, double[] scores, boolean[] abnormal, int count) {
        IntStream anomalies = IntStream.range(0, scores.length).filter(i -> abnormal[i]);
        int[] rows = sorted(anomalies, Comparator.comparingDouble(i -> -scores[i]), count);
        return scored("Anomalies that look most normal in " + images.name(), images, scores, rows);
    }

    /** Each augmentation by itself, then all together, on some images; a row each. */
    public static Pictures augmentations(ImageSet images, AugmentConfig config, long seed) {
        return grid("Augmentations", Views.each(images, config, seed));
    }

    /** The 8B views that one training step makes of B images; a row for each view and rotation. */
    public static Pictures trainingBatch(ImageSet images, AugmentConfig config, long seed) {
        return grid("One training batch", Views.batch(images, config, seed));
    }

    private static Pictures scored(String title, ImageSet images, double[] scores, int[] rows) {
        return strip(title, images, rows, row -> String.format(Locale.ROOT, "%s\n%.3f", nameOf(images, row), scores[row]));
    }

    /** One's own pictures have names of their own; those of a data set are known by their class. */
    private static String nameOf(ImageSet images, int row) {
        return images.files().isEmpty()
                ? images.classNames().get(images.labels()[row])
                : String.valueOf(Path.of(images.files().get(row)).getFileName());
    }

    private static int[] sorted(IntStream rows, Comparator<Integer> order, int count) {
        return rows.boxed().sorted(order).limit(count).mapToInt(Integer::intValue).toArray();
    }

    private static ImageSet first(ImageSet images, int[] rows, int count) {
        return images.select(IntStream.of(rows).limit(count).toArray());
    }
}
