package org.hscl.engine;

import java.util.SplittableRandom;

/**
 * Randomness that has no state to save: a generator is a function of the seed and of where it is used, such as (seed,
 * epoch, step). A resumed run therefore draws what an uninterrupted one draws, on any device.
 */
public final class SeededRandom {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private SeededRandom() {}

    /**
     * A generator for one place of a run.
     *
     * @param seed the run's one seed
     * @param place coordinates of the use, such as a purpose, an epoch and a step; other coordinates give independent draws
     * @return a fresh generator, the same for the same arguments on every machine
     */
    public static SplittableRandom at(long seed, long... place) {
        long hash = mix(seed + GOLDEN_GAMMA);
        for (long coordinate : place) {
            hash = mix(hash + GOLDEN_GAMMA * (coordinate + 1));
        }
        return new SplittableRandom(hash);
    }

    /**
     * Shuffles row numbers (Fisher–Yates).
     *
     * @param count how many rows
     * @param random the source of randomness
     * @return a permutation of 0 … count − 1
     */
    public static int[] permutation(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /**
     * Uniform draws.
     *
     * @param count how many
     * @param low the lower end, included
     * @param high the upper end, reached only by rounding, and never where the range is [0, 1)
     * @param random the source of randomness
     * @return {@code count} values
     */
    public static float[] uniform(int count, double low, double high, SplittableRandom random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            double part = (random.nextInt() >>> 8) * 0x1p-24; // 24 bits fit a float: no draw rounds up to 1
            values[i] = (float) (low + (high - low) * part);
        }
        return values;
    }

    /** The finalizer of MurmurHash3, which spreads neighbouring seeds over all 64 bits. */
    private static long mix(long z) {
        z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }
}
