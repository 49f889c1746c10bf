package org.hscl.detect;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hscl.engine.SeededRandom;

/**
 * Which pictures to label next: uncertain ones that differ. k-means++ (Arthur and Vassilvitskii 2007) draws each next picture in
 * proportion to its squared distance from the nearest one that was drawn before, here times a weight that falls with the number of
 * pictures whose scores lie between its own and the threshold: ranks, as scores saturate. So a kind of picture is asked about once,
 * where the detector does not know, before the next of the same kind.
 */
public final class Suggestion {

    /** The share of all pictures over which the weight falls to 1/e; chosen on airplanes and T-shirts. */
    private static final double NEAR = 0.05;

    private Suggestion() {}

    /**
     * Chooses pictures.
     *
     * @param features of the pictures, (N, C)
     * @param scores of the pictures, (N)
     * @param threshold below it, a picture is an anomaly
     * @param count how many to choose, 1 … N
     * @param seed of the draws
     * @return row numbers, the most worth labeling first
     * @throws IllegalArgumentException if there are not so many pictures
     */
    public static int[] rows(float[][] features, double[] scores, double threshold, int count, long seed) {
        return rows(features, scores, threshold, NEAR, count, seed);
    }

    /** The same with another share over which the weight falls to 1/e; a large one only looks for pictures that differ. */
    public static int[] rows(float[][] features, double[] scores, double threshold, double near, int count, long seed) {
        double[] weights = weights(scores, threshold, near);
        if (count < 1 || count > weights.length) {
            throw new IllegalArgumentException("%d pictures are to be suggested of %d; ask for at least 1 and at most all".formatted(count, weights.length));
        }
        SplittableRandom random = SeededRandom.at(seed);
        double[] mass = weights.clone();
        double[] distance = new double[weights.length];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        int[] chosen = new int[count];
        for (int k = 0; k < count; k++) {
            int next = draw(mass, random);
            chosen[k] = next;
            for (int i = 0; i < distance.length; i++) {
                distance[i] = Math.min(distance[i], squared(features[i], features[next]));
                mass[i] = weights[i] * distance[i];
            }
            for (int i = 0; i <= k; i++) {
                mass[chosen[i]] = 0;
            }
            if (Arrays.stream(mass).sum() <= 0) { // nothing but copies of what was drawn
                int done = k;
                Arrays.setAll(mass, i -> IntStream.of(chosen).limit(done + 1L).anyMatch(row -> row == i) ? 0 : weights[i]);
            }
        }
        return chosen;
    }

    /** exp(−d / near), d the share of pictures between a score and the threshold. */
    private static double[] weights(double[] scores, double threshold, double near) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        double[] weights = new double[scores.length];
        double line = rank(sorted, threshold);
        Arrays.setAll(weights, i -> Math.exp(-Math.abs(rank(sorted, scores[i]) - line) / near));
        return weights;
    }

    private static double rank(double[] sorted, double score) {
        int place = Arrays.binarySearch(sorted, score);
        return (place < 0 ? -place - 1.0 : place) / sorted.length;
    }

    private static int draw(double[] mass, SplittableRandom random) {
        double left = random.nextDouble() * Arrays.stream(mass).sum();
        int last = 0;
        for (int i = 0; i < mass.length; i++) {
            if (mass[i] > 0) {
                last = i;
                left -= mass[i];
                if (left < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    private static double squared(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            double difference = one[i] - other[i];
            sum += difference * difference;
        }
        return sum;
    }
}
