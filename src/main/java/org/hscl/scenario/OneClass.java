package org.hscl.scenario;

import java.util.List;
import org.hscl.data.TrainTest;

/**
 * Scenarios 1 and 2 of the paper (section 4.1): one class, or one group of classes, is normal and all others are
 * abnormal; a few images are labeled, and the unlabeled ones may be contaminated.
 *
 * @param normal the normal classes: names or numbers of classes, or names of groups such as CIFAR-100's superclasses
 * @param ratios how much is labeled and contaminated; paper: see {@link Ratios}
 * @param labeledAnomalies the classes that L⁻ is drawn from, or empty for all abnormal classes; paper: one class in
 *     scenario 1, so that the others are unseen at training
 * @param draw how many images that makes, and which
 * @param perClass only the first so many training images of each class, 0 for all; paper: all
 * @param testLimit only the first so many test images, 0 for all; paper: all
 */
public record OneClass(
        List<String> normal, Ratios ratios, List<String> labeledAnomalies, Draw draw, int perClass, int testLimit) {

    /** Checks the counts and copies the lists. */
    public OneClass {
        normal = List.copyOf(normal);
        labeledAnomalies = List.copyOf(labeledAnomalies);
        if (normal.isEmpty() || perClass < 0 || testLimit < 0) {
            throw new IllegalArgumentException(
                    "normal is %s, perClass %d, testLimit %d; name a class, and give counts from 0 up"
                            .formatted(normal, perClass, testLimit));
        }
    }

    /** Class 0 against the rest, 5 % labeled, clean, labeled anomalies from all classes, all images, seed 1. */
    public static OneClass defaults() {
        return new OneClass(List.of("0"), new Ratios(0.05, 0.05, 0), List.of(), Draw.defaults(), 0, 0);
    }

    /** The same as the released code counts and draws: rounded counts, the first images in file order. */
    public static OneClass released() {
        return defaults().withDraw(Draw.released());
    }

    /** Other normal classes. */
    public OneClass withNormal(String... classes) {
        return new OneClass(List.of(classes), ratios, labeledAnomalies, draw, perClass, testLimit);
    }

    /** Another normal class, by number. */
    public OneClass withNormal(int classNumber) {
        return withNormal(Integer.toString(classNumber));
    }

    /** Other ratios. */
    public OneClass withRatios(Ratios newRatios) {
        return new OneClass(normal, newRatios, labeledAnomalies, draw, perClass, testLimit);
    }

    /** Another γ_l, of L⁺ and L⁻ alike. */
    public OneClass withLabeledRatio(double ratio) {
        return withLabeledRatios(ratio, ratio);
    }

    /** Other γ_l of L⁺ and of L⁻. */
    public OneClass withLabeledRatios(double ofNormal, double ofAbnormal) {
        return withRatios(new Ratios(ofNormal, ofAbnormal, ratios.pollution()));
    }

    /** Another γ_p. */
    public OneClass withPollutionRatio(double ratio) {
        return withRatios(new Ratios(ratios.labeledNormal(), ratios.labeledAbnormal(), ratio));
    }

    /** Other classes of labeled anomalies; none named means all. */
    public OneClass withLabeledAnomalies(String... classes) {
        return new OneClass(normal, ratios, List.of(classes), draw, perClass, testLimit);
    }

    /** Another way to draw. */
    public OneClass withDraw(Draw newDraw) {
        return new OneClass(normal, ratios, labeledAnomalies, newDraw, perClass, testLimit);
    }

    /** Another counting rule. */
    public OneClass withRule(CountingRule rule) {
        return withDraw(new Draw(rule, draw.order(), draw.seed()));
    }

    /** Another order. */
    public OneClass withOrder(DrawOrder order) {
        return withDraw(new Draw(draw.rule(), order, draw.seed()));
    }

    /** Another seed. */
    public OneClass withSeed(long seed) {
        return withDraw(new Draw(draw.rule(), draw.order(), seed));
    }

    /** Fewer training images a class, 0 for all. */
    public OneClass withPerClass(int images) {
        return new OneClass(normal, ratios, labeledAnomalies, draw, images, testLimit);
    }

    /** Fewer test images, 0 for all. */
    public OneClass withTestLimit(int images) {
        return new OneClass(normal, ratios, labeledAnomalies, draw, perClass, images);
    }

    /** These settings for each normal class, or group, of a data set: 10 runs on CIFAR-10, 20 on CIFAR-100. */
    public List<OneClass> perNormal(TrainTest data) {
        return data.normalChoices().stream().map(this::withNormal).toList();
    }

    /**
     * These settings for each pair of a normal class and a class of labeled anomalies: the 90 runs of scenario 1 on a
     * data set of ten classes, normal classes in order, then labeled ones.
     */
    public List<OneClass> perPair(TrainTest data) {
        return data.normalChoices().stream()
                .flatMap(normalClass -> data.classNames().stream()
                        .filter(labeled -> !data.members(normalClass).contains(labeled))
                        .map(labeled -> withNormal(normalClass).withLabeledAnomalies(labeled)))
                .toList();
    }

    /**
     * How many images the training set of a split holds, for plans that are made before the data is there.
     *
     * @param normals images of the normal classes
     * @param abnormalClasses how many abnormal classes there are
     */
    public int trainingImages(int normals, int abnormalClasses) {
        int labeledClasses = labeledAnomalies.isEmpty() ? abnormalClasses : labeledAnomalies.size();
        CountingRule.Counts counts = draw.rule().counts(normals, labeledClasses, abnormalClasses, ratios);
        return counts.labeledNormal() + counts.unlabeledNormal() + counts.pollution() + counts.labeledAbnormal();
    }

    /**
     * Divides a data set. Every training image is in one state at most; images that no count calls for stay out.
     *
     * @throws IllegalArgumentException if a class is unknown, or there are fewer anomalies than the ratios call for
     */
    public Split split(TrainTest data) {
        return new ClassDraw(this, data).split();
    }
}
