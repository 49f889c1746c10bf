package org.hscl.data;

/** How a picture of any shape becomes a square one. */
public enum Fit {
    /** The shorter side is resized to the wanted size, and the middle of the longer side is kept. */
    CROP,
    /** Both sides are resized to the wanted size, so that nothing is lost at the borders. */
    STRETCH,
    /**
     * As the makers of ImageNet (FIX) and LSUN (FIX) did: like {@link #CROP} at eight times the wanted size, then resized;
     * 256 and 32 pixels in their scripts (Tack et al., CSI, 2020).
     */
    FIX
}
