package org.hscl.scenario;

import java.util.List;
import org.hscl.data.TrainTest;

/**
 * Scenarios 1 and 2 of the paper (section 4.1): one class, or one group of classes, is normal and all others are abnormal;
 * a few images are labeled, and the unlabeled ones may be contaminated.
 *
 * @param normal the normal classes: names or numbers of classes, or of groups such as CIFAR-100's superclasses
 * @param labeledNormalRatio γ_l of L⁺, in [0, 1); paper: 0.01, 0.05 or 0.10 in scenario 1, 0.05 in scenario 2
 * @param labeledAbnormalRatio γ_l of L⁻, in [0, 1); paper: the same as that of L⁺
 * @param pollutionRatio γ_p, the anomalies' share of U, in [0, 1); paper: 0 in scenario 1; 0, 0.05 or 0.10 in scenario 2
 * @param labeledAnomalies the classes that L⁻ is drawn from, or empty for all abnormal classes; paper: one class in scenario
 *     1, so that the others are unseen at training
 * @param rule how the ratios become counts
 * @param order which images of a class come first
 * @param seed the seed of the draws and of nothing else
 * @param perClass only the first so many training images of each class, 0 for all; paper: all
 * @param testLimit only the first so many test images, 0 for all; paper: all
 */
public record OneClass(
        List<String> normal,
        double labeledNormalRatio,
        double labeledAbnormalRatio,
        double pollutionRatio,
        List<String> labeledAnomalies,
        CountingRule rule,
        DrawOrder order,
        long seed,
        int perClass,
        int testLimit) {

    /** Checks the ratios and copies the lists. */
    public OneClass {
        normal = List.copyOf(normal);
        labeledAnomalies = List.copyOf(labeledAnomalies);
        checkRatio("labeledNormalRatio", labeledNormalRatio);
        checkRatio("labeledAbnormalRatio", labeledAbnormalRatio);
        checkRatio("pollutionRatio", pollutionRatio);
        if (labeledNormalRatio + labeledAbnormalRatio >= 1) {
            throw new IllegalArgumentException("labeledNormalRatio %s and labeledAbnormalRatio %s leave nothing unlabeled; lower them"
                    .formatted(labeledNormalRatio, labeledAbnormalRatio));
        }
        if (normal.isEmpty() || perClass < 0 || testLimit < 0) {
            throw new IllegalArgumentException("normal is %s, perClass %d, testLimit %d; name a class, and give counts from 0 up"
                    .formatted(normal, perClass, testLimit));
        }
    }

    private static void checkRatio(String parameter, double ratio) {
        if (!(ratio >= 0 && ratio < 1)) {
            throw new IllegalArgumentException("%s is %s; give a ratio in [0, 1)".formatted(parameter, ratio));
        }
    }

    /** Class 0 against the rest, 5 % labeled, clean, labeled anomalies from all classes, all images, seed 1. */
    public static OneClass defaults() {
        return new OneClass(List.of("0"), 0.05, 0.05, 0, List.of(), CountingRule.ELSA, DrawOrder.RANDOM, 1, 0, 0);
    }

    /** As the released code counts and draws: rounded counts, the first images in file order. */
    public static OneClass released() {
        return defaults().withRule(CountingRule.RELEASED).withOrder(DrawOrder.FILE);
    }

    /** Other normal classes. */
    public OneClass withNormal(String... classes) {
        return new OneClass(List.of(classes), labeledNormalRatio, labeledAbnormalRatio, pollutionRatio, labeledAnomalies, rule, order, seed, perClass, testLimit);
    }

    /** Another normal class, by number. */
    public OneClass withNormal(int classNumber) {
        return withNormal(Integer.toString(classNumber));
    }

    /** Another γ_l, of L⁺ and L⁻ alike. */
    public OneClass withLabeledRatio(double ratio) {
        return withLabeledRatios(ratio, ratio);
    }

    /** Other γ_l of L⁺ and of L⁻. */
    public OneClass withLabeledRatios(double ofNormal, double ofAbnormal) {
        return new OneClass(normal, ofNormal, ofAbnormal, pollutionRatio, labeledAnomalies, rule, order, seed, perClass, testLimit);
    }

    /** Another γ_p. */
    public OneClass withPollutionRatio(double ratio) {
        return new OneClass(normal, labeledNormalRatio, labeledAbnormalRatio, ratio, labeledAnomalies, rule, order, seed, perClass, testLimit);
    }

    /** Other classes of labeled anomalies; none named means all. */
    public OneClass withLabeledAnomalies(String... classes) {
        return new OneClass(normal, labeledNormalRatio, labeledAbnormalRatio, pollutionRatio, List.of(classes), rule, order, seed, perClass, testLimit);
    }

    /** Another counting rule. */
    public OneClass withRule(CountingRule newRule) {
        return new OneClass(normal, labeledNormalRatio, labeledAbnormalRatio, pollutionRatio, labeledAnomalies, newRule, order, seed, perClass, testLimit);
    }

    /** Another order. */
    public OneClass withOrder(DrawOrder newOrder) {
        return new OneClass(normal, labeledNormalRatio, labeledAbnormalRatio, pollutionRatio, labeledAnomalies, rule, newOrder, seed, perClass, testLimit);
    }

    /** Another seed. */
    public OneClass withSeed(long newSeed) {
        return new OneClass(normal, labeledNormalRatio, labeledAbnormalRatio, pollutionRatio, labeledAnomalies, rule, order, newSeed, perClass, testLimit);
    }

    /** Fewer training images a class, 0 for all. */
    public OneClass withPerClass(int images) {
        return new OneClass(normal, labeledNormalRatio, labeledAbnormalRatio, pollutionRatio, labeledAnomalies, rule, order, seed, images, testLimit);
    }

    /** Fewer test images, 0 for all. */
    public OneClass withTestLimit(int images) {
        return new OneClass(normal, labeledNormalRatio, labeledAbnormalRatio, pollutionRatio, labeledAnomalies, rule, order, seed, perClass, images);
    }

    /** These settings for each normal class, or group of classes, of a data set: 10 runs on CIFAR-10, 20 on CIFAR-100. */
    public List<OneClass> perNormal(TrainTest data) {
        return data.normalChoices().stream().map(this::withNormal).toList();
    }

    /**
     * These settings for each pair of a normal class and a class of labeled anomalies: the 90 runs of scenario 1 on a data set of
     * ten classes, normal classes in order, then labeled ones.
     */
    public List<OneClass> perPair(TrainTest data) {
        return data.normalChoices().stream()
                .flatMap(normalClass -> data.classNames().stream()
                        .filter(labeled -> !data.members(normalClass).contains(labeled))
                        .map(labeled -> withNormal(normalClass).withLabeledAnomalies(labeled)))
                .toList();
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
