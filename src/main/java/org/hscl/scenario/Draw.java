package org.hscl.scenario;

/**
 * How many images are drawn, and which.
 *
 * @param rule how ratios become counts
 * @param order which images of a class come first
 * @param seed the seed of random draws
 */
public record Draw(CountingRule rule, DrawOrder order, long seed) {

    /** ELSA's counts, drawn at random, seed 1. */
    public static Draw defaults() {
        return new Draw(CountingRule.ELSA, DrawOrder.RANDOM, 1);
    }

    /** As the released code counts and draws: rounded counts, the first images in file order. */
    public static Draw released() {
        return new Draw(CountingRule.RELEASED, DrawOrder.FILE, 1);
    }
}
