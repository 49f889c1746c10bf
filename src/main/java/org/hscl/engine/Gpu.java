package org.hscl.engine;

/**
 * A graphics card.
 *
 * @param index its number, as in {@code gpu(0)}
 * @param name the maker's name for it
 * @param major compute capability, before the dot
 * @param minor after the dot
 */
public record Gpu(int index, String name, int major, int minor) {

    /** Such as {@code 8.6}. */
    public String capability() {
        return major + "." + minor;
    }
}
