package org.hscl.eval;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How well scores of pixels find marked ones, over many pictures in flat memory: scores are counted in {@value #BINS} bins, even in
 * their arc tangent, within which pixels count as tied.
 */
public final class PixelScores {

    private static final int BINS = 1 << 16;

    /** Up to which false positive rate the overlap is taken (Bergmann et al., MVTec AD, IJCV 2021). */
    private static final double FALSE_POSITIVES = 0.3;

    private final double[] unmarked = new double[BINS];
    private final double[] marked = new double[BINS];
    private final double[] overlap = new double[BINS]; // of each region its pixels, divided by its size
    private int regions;

    /**
     * Adds a picture.
     *
     * @param scores of its pixels, row by row, (height · width); higher is more normal
     * @param truth whether each is marked
     * @param width pixels a row
     */
    public void add(double[] scores, boolean[] truth, int width) {
        if (scores.length != truth.length || scores.length % width != 0) {
            throw new IllegalArgumentException("%d scores and %d marks in rows of %d; give one each".formatted(scores.length, truth.length, width));
        }
        boolean[] seen = new boolean[truth.length];
        for (int i = 0; i < scores.length; i++) {
            if (!truth[i]) {
                unmarked[bin(scores[i])]++;
            } else if (!seen[i]) {
                addRegion(scores, truth, width, seen, i);
            }
        }
    }

    private static int bin(double score) {
        return (int) Math.min(BINS - 1, (Math.atan(score) / Math.PI + 0.5) * BINS);
    }

    /** Marked pixels that touch, corners included. */
    private void addRegion(double[] scores, boolean[] truth, int width, boolean[] seen, int first) {
        ArrayDeque<Integer> open = new ArrayDeque<>();
        List<Integer> bins = new ArrayList<>();
        open.add(first);
        seen[first] = true;
        while (!open.isEmpty()) {
            int pixel = open.remove();
            bins.add(bin(scores[pixel]));
            for (int dy = -1; dy <= 1; dy++) {
                for (int dx = -1; dx <= 1; dx++) {
                    int x = pixel % width + dx;
                    int next = pixel + dy * width + dx;
                    if (x >= 0 && x < width && next >= 0 && next < truth.length && truth[next] && !seen[next]) {
                        seen[next] = true;
                        open.add(next);
                    }
                }
            }
        }
        for (int bin : bins) {
            marked[bin]++;
            overlap[bin] += 1.0 / bins.size();
        }
        regions++;
    }

    /** How many connected marked regions were added. */
    public int regions() {
        return regions;
    }

    /** The chance that a marked pixel has a lower score than one that is not, ties counting half. */
    public double auroc() {
        return area(marked, total(marked), 1);
    }

    /** Mean overlap with marked regions over false positive rates up to 0.3, in [0, 1]: AUPRO. */
    public double aupro() {
        return area(overlap, regions, FALSE_POSITIVES) / FALSE_POSITIVES;
    }

    private static double total(double[] counts) {
        return Arrays.stream(counts).sum();
    }

    /** The area under found (of {@code all}) against false positives, up to a rate of these. */
    private double area(double[] found, double all, double limit) {
        double negatives = total(unmarked);
        if (negatives == 0 || all == 0) {
            throw new IllegalArgumentException("%.0f unmarked pixels and %d marked regions; both are needed".formatted(negatives, regions));
        }
        double area = 0;
        double falseRate = 0;
        double foundRate = 0;
        for (int bin = 0; bin < BINS && falseRate < limit; bin++) {
            double width = unmarked[bin] / negatives;
            double rise = found[bin] / all;
            double part = width == 0 ? 0 : Math.min(1, (limit - falseRate) / width);
            area += part * width * (foundRate + part * rise / 2);
            falseRate += width;
            foundRate += rise;
        }
        return area;
    }
}
