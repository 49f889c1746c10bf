package org.hscl.chart;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hscl.chart.Histograms.Group;
import org.hscl.data.ImageSet;
import org.hscl.data.LooseImages;
import org.hscl.data.Replaceable;
import org.hscl.data.SafeFiles;
import org.hscl.detect.Detector;
import org.hscl.eval.Contamination;
import org.hscl.eval.Decision;
import org.hscl.eval.HeldOut;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.scenario.Label;

/**
 * The page to send to a colleague: what a detector says of a folder, in one HTML file that needs nothing else.
 *
 * @param title at its top
 * @param items the scored pictures
 * @param threshold below it, a picture is reported
 * @param training scores of the detector's training pictures, which show where the threshold comes from
 * @param remarks more sentences, such as files that could not be read
 */
public record Report(String title, List<Item> items, Threshold threshold, TrainingScores training, List<String> remarks) {

    /** What the file starts with; nothing else is ever replaced. */
    static final String START = "<!DOCTYPE html><!-- HSCL report -->";

    /** Copies the lists and puts the pictures in order, the least normal first. */
    public Report {
        items = items.stream().sorted(Comparator.comparingDouble(Item::score)).toList();
        remarks = List.copyOf(remarks);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("there are no scored pictures to report; score some first");
        }
    }

    /**
     * A scored picture.
     *
     * @param file the picture
     * @param score higher is more normal
     * @param label what its folder says of it
     */
    public record Item(Path file, double score, Label label) {}

    /** A report of pictures, without more remarks. */
    public static Report of(String title, List<Item> items, Threshold threshold, TrainingScores training) {
        return new Report(title, items, threshold, training, List.of());
    }

    /**
     * A report of what a detector says of pictures that it was not trained on.
     *
     * @param images one's own, each with its file; classes named normal and abnormal count as labels
     */
    public static Report of(String title, Detector detector, ImageSet... images) {
        List<Item> items = new ArrayList<>();
        for (ImageSet set : images) {
            if (set.count() > 0 && set.files().isEmpty()) {
                throw new IllegalArgumentException("%s has no files to show; give pictures read from a folder".formatted(set.name()));
            }
            double[] scores = detector.score(set);
            IntStream.range(0, scores.length).forEach(
                    i -> items.add(new Item(Path.of(set.files().get(i)), scores[i], label(set.classNames().get(set.labels()[i])))));
        }
        return of(title, items, detector.threshold(), detector.trainingScores());
    }

    /** What a folder of this name says of the pictures in it. */
    public static Label label(String folder) {
        return switch (folder) {
            case "normal" -> Label.NORMAL;
            case "abnormal" -> Label.ABNORMAL;
            default -> Label.UNLABELED;
        };
    }

    /** With one more sentence. */
    public Report plus(String remark) {
        List<String> more = new ArrayList<>(remarks);
        more.add(remark);
        return new Report(title, items, threshold, training, more);
    }

    /** The labeled pictures, where there are enough of both kinds. */
    public Optional<HeldOut> heldOut() {
        double[] normal = scores(Label.NORMAL);
        double[] abnormal = scores(Label.ABNORMAL);
        boolean enough = normal.length >= HeldOut.FEWEST && abnormal.length >= HeldOut.FEWEST;
        return enough ? Optional.of(new HeldOut(normal, abnormal)) : Optional.empty();
    }

    private double[] scores(Label label) {
        return items.stream().filter(item -> item.label() == label).mapToDouble(Item::score).toArray();
    }

    /** What the page says in sentences. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        long reported = items.stream().filter(item -> threshold.isAnomaly(item.score())).count();
        words.add(String.format(Locale.ROOT, "%,d pictures were scored, %,d of them are reported as anomalies (%.1f %%).",
                items.size(), reported, 100.0 * reported / items.size()));
        Optional<HeldOut> known = heldOut();
        words.add(known.isPresent() ? known.get().decided(threshold).words() : Decision.rule(threshold));
        known.flatMap(held -> held.tuned(threshold.rule())).ifPresent(tuned -> words.add(String.format(Locale.ROOT,
                "The same rule asked of these labels instead of the training's gives the threshold %.4f: it finds %,d of the %,d anomalies and reports "
                        + "%,d of the %,d normal pictures, which is a little too good, as it was chosen on them.",
                tuned.threshold().score(), tuned.found(), tuned.anomalies(), tuned.alarms(), tuned.normals())));
        known.ifPresentOrElse(held -> words.add(String.format(Locale.ROOT,
                        "On the labeled pictures the AUROC is %.3f (90 %% interval %.3f to %.3f), the average precision of the anomalies %.3f "
                                + "(%.3f to %.3f).",
                        held.roc().auroc(), held.aurocInterval().low(), held.aurocInterval().high(), held.precisionRecall().averagePrecision(),
                        held.averagePrecisionInterval().low(), held.averagePrecisionInterval().high())),
                () -> words.add(String.format(Locale.ROOT, "How good that is cannot be known here: it takes at least %d labeled pictures of each "
                                + "kind in the folders normal and abnormal, and there are %d and %d.",
                        HeldOut.FEWEST, scores(Label.NORMAL).length, scores(Label.ABNORMAL).length)));
        double[] pile = scores(Label.UNLABELED);
        known.filter(held -> pile.length >= Contamination.FEWEST).ifPresent(held -> words.add(Contamination.of(pile, held).words()));
        words.addAll(remarks);
        return words;
    }

    /**
     * Refuses a file that {@link #write} would refuse: ask before a long scoring.
     *
     * @throws UncheckedIOException if it cannot be written, or holds anything but an older report
     */
    public static void checkFile(Path file) {
        try {
            Replaceable.checkFile(file, START);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /**
     * Writes the page.
     *
     * @param file its name
     * @param pictures reads the files again, at the size of a thumbnail whatever theirs
     * @throws UncheckedIOException as {@link #checkFile} does
     */
    public void write(Path file, LooseImages pictures) {
        write(file, ReportPage.thumbnails(this, pictures));
    }

    /**
     * Writes the page with pictures as someone else shows them, such as with heat maps.
     *
     * @param file its name
     * @param pictures makes the thumbnail of a file, or nothing where it cannot be read
     * @throws UncheckedIOException as {@link #checkFile} does
     */
    public void write(Path file, Function<Path, Optional<BufferedImage>> pictures) {
        String page = ReportPage.html(this, pictures);
        try {
            Replaceable.checkFile(file, START);
            SafeFiles.replace(file, stream -> stream.write(page.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static UncheckedIOException failure(Path file, IOException e) {
        return new UncheckedIOException("the report cannot be written: " + e.getMessage(), e);
    }

    /** The scores by what is known of the pictures, with the threshold. */
    Chart histogram() {
        Map<String, Group> groups = new LinkedHashMap<>();
        put(groups, "labeled normal", Label.NORMAL, Palette.BLUE);
        put(groups, "labeled abnormal", Label.ABNORMAL, Palette.VERMILION);
        put(groups, groups.isEmpty() ? "pictures" : "other pictures", Label.UNLABELED, Palette.GREEN);
        return Histograms.of("Scores of the pictures", Charts.SCORE, groups, OptionalDouble.of(threshold.score()));
    }

    private void put(Map<String, Group> groups, String name, Label label, Palette color) {
        double[] scores = scores(label);
        if (scores.length > 0) {
            groups.put(name, new Group(scores, color));
        }
    }

    /** All figures of the page. */
    List<Chart> charts() {
        List<Chart> charts = new ArrayList<>(List.of(histogram()));
        heldOut().ifPresent(held -> {
            charts.add(Charts.roc(Map.of("labeled pictures", held.roc())));
            charts.add(DecisionCharts.precisionRecall(held));
        });
        if (IntStream.of(training.labeledNormal().length, training.unlabeled().length, training.labeledAbnormal().length).sum() > 0) {
            charts.add(Charts.threshold(training, threshold));
        }
        return charts;
    }
}
