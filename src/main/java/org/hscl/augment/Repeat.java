package org.hscl.augment;

/** Spreads a draw for each rotation over the images of that rotation. */
final class Repeat {

    private Repeat() {}

    /** a a … b b …: each value {@code times} times. */
    static float[] each(float[] values, int times) {
        float[] all = new float[values.length * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = values[i / times];
        }
        return all;
    }

    /** a a … b b …: each value {@code times} times. */
    static boolean[] each(boolean[] values, int times) {
        boolean[] all = new boolean[values.length * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = values[i / times];
        }
        return all;
    }
}
