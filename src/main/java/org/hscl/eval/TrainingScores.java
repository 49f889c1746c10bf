package org.hscl.eval;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hscl.scenario.Label;

/**
 * The scores of the training images, by what training knew of them. A model has seen these images, so it separates them
 * better than new ones.
 *
 * @param labeledNormal scores of L⁺; higher is more normal
 * @param unlabeled scores of U
 * @param labeledAbnormal scores of L⁻
 */
public record TrainingScores(double[] labeledNormal, double[] unlabeled, double[] labeledAbnormal) {

    /** A spread below this is rounding, not a difference between images. */
    private static final double NO_SPREAD = 1e-4;

    /**
     * Sorts scores by label.
     *
     * @param scores of the training images, (N)
     * @param labels of the same images, (N)
     */
    public static TrainingScores of(double[] scores, Label[] labels) {
        return new TrainingScores(
                select(scores, labels, Label.NORMAL),
                select(scores, labels, Label.UNLABELED),
                select(scores, labels, Label.ABNORMAL));
    }

    /** No scores yet. */
    public static TrainingScores none() {
        return new TrainingScores(new double[0], new double[0], new double[0]);
    }

    private static double[] select(double[] scores, Label[] labels, Label wanted) {
        return IntStream.range(0, scores.length).filter(i -> labels[i] == wanted).mapToDouble(i -> scores[i]).toArray();
    }

    /**
     * Summary of one group.
     *
     * @param count images
     * @param mean of their scores, 0 where there are none
     * @param standardDeviation of their scores, over all of them
     */
    public record Statistics(int count, double mean, double standardDeviation) {

        static Statistics of(double[] scores) {
            double mean = Arrays.stream(scores).average().orElse(0);
            double variance = Arrays.stream(scores).map(s -> (s - mean) * (s - mean)).average().orElse(0);
            return new Statistics(scores.length, mean, Math.sqrt(variance));
        }
    }

    /** Summary of L⁺. */
    public Statistics ofLabeledNormal() {
        return Statistics.of(labeledNormal);
    }

    /** Summary of U. */
    public Statistics ofUnlabeled() {
        return Statistics.of(unlabeled);
    }

    /** Summary of L⁻. */
    public Statistics ofLabeledAbnormal() {
        return Statistics.of(labeledAbnormal);
    }

    /** All scores, group after group, (N). */
    public double[] all() {
        return Arrays.stream(new double[][] {labeledNormal, unlabeled, labeledAbnormal}).flatMapToDouble(Arrays::stream).toArray();
    }

    /** Whether all images score alike: the prototypes, or the features, have collapsed to one point. */
    public boolean areCollapsed() {
        return Statistics.of(all()).standardDeviation() < NO_SPREAD;
    }
}
