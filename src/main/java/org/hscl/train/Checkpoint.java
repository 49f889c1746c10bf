package org.hscl.train;

import java.util.List;

/**
 * What a checkpoint says of a training; the arrays lie beside it. Randomness needs no entry: every draw is a function of the
 * seed, the epoch and the step.
 *
 * @param version of the format, {@link #VERSION}
 * @param config the training's configuration
 * @param data fingerprint of the training images and labels
 * @param epoch epochs done
 * @param step steps done in the epoch under way
 * @param optimizerSteps steps that Adam has taken
 * @param epochLosses losses of the steps done in the epoch under way: the total, then the terms of the loss
 * @param history the epochs done
 */
public record Checkpoint(
        int version,
        HsclConfig config,
        String data,
        int epoch,
        int step,
        long optimizerSteps,
        List<float[]> epochLosses,
        History history) {

    /** The format that this code writes; it reads earlier ones too. Version 2 names the losses of the history. */
    public static final int VERSION = 2;

    /** Copies the lists. */
    public Checkpoint {
        epochLosses = List.copyOf(epochLosses);
    }
}
