package org.hscl.baseline;

import org.hscl.detect.NormalityModel;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/** Anything that learns from a split how normal an image is. It reads labels, never the hidden truth of unlabeled images. */
public interface Method {

    /** Its name in tables, such as {@code Deep SAD}. */
    String name();

    /** The paper that it comes from. */
    String citation();

    /**
     * Learns.
     *
     * @param split images and what is known of them
     * @param config the encoder, the augmentation, the optimization and the seed, as far as the method has any of these
     * @param options where it runs; only the methods that train by {@link org.hscl.train.Trainer} save checkpoints
     * @param listener follows the training, if there is one
     * @throws IllegalArgumentException if the split lacks the labels that the method needs
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    NormalityModel fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener);
}
