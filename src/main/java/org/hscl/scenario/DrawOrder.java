package org.hscl.scenario;

/** Which images of a class are taken first. */
public enum DrawOrder {
    /** At random, by the seed. */
    RANDOM,
    /** As they stand in the file, as the released code takes them. */
    FILE
}
