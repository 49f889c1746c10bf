package org.hscl.chart;

import org.hscl.scenario.SampleState;

/**
 * The colours of all figures, told apart by readers with any colour vision (Okabe and Ito, <i>Color Universal Design</i>, 2008).
 * Blues stand for normal images, reds for anomalies.
 */
enum Palette {
    /** Normal, or the first curve. */
    BLUE(0x0072B2),
    /** Abnormal, or the second curve. */
    VERMILION(0xD55E00),
    /** The third curve. */
    GREEN(0x009E73),
    /** Labeled abnormal, or the fourth curve. */
    ORANGE(0xE69F00),
    /** Labeled normal, or the fifth curve. */
    SKY_BLUE(0x56B4E9),
    /** The normal class among many, pink as in Fig. 3 of the paper. */
    PURPLE(0xCC79A7),
    /** Reference lines. */
    BLACK(0x000000),
    /** The last resort: faint on white paper. */
    YELLOW(0xF0E442);

    private final int rgb;

    Palette(int rgb) {
        this.rgb = rgb;
    }

    /** The colour of the n-th of several curves, from 0; starts anew after all eight. */
    public static Palette of(int number) {
        return values()[number % values().length];
    }

    /** The colour of a state: blues for normal, reds for abnormal. */
    public static Palette of(SampleState state) {
        return switch (state) {
            case UNLABELED_NORMAL -> BLUE;
            case UNLABELED_ABNORMAL -> VERMILION;
            case LABELED_NORMAL -> SKY_BLUE;
            case LABELED_ABNORMAL -> ORANGE;
        };
    }

    /** Six hexadecimal digits, such as {@code #0072B2}. */
    public String hex() {
        return "#%06X".formatted(rgb);
    }

    /** The same colour for an area that others shine through. */
    public String translucent() {
        return "rgba(%s,%s,%s,0.25)".formatted(rgb >> 16, rgb >> 8 & 0xFF, rgb & 0xFF);
    }
}
