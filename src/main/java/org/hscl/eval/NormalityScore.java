package org.hscl.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.hscl.data.ImageSet;
import org.hscl.loss.SampleToPrototype;
import org.hscl.model.Encoder;

/** The score of the paper, Eq. 9: s(x) = max_k f(x)·p̂ₖ, the cosine with the nearest prototype. */
public final class NormalityScore {

    private NormalityScore() {}

    /**
     * Scores clean images.
     *
     * @param images (N, 3, S, S)
     * @param encoder in evaluation mode; a {@link Encoder#folded folded} one is faster
     * @param manager gives the device
     * @return (N) in [−1, 1], higher is more normal
     */
    public static double[] of(ImageSet images, Encoder encoder, NDManager manager) {
        return Encodings.scores(images, manager, batch -> score(batch, encoder));
    }

    private static NDArray score(NDArray batch, Encoder encoder) {
        return SampleToPrototype.nearest(encoder.forward(batch, false).projection(), encoder.prototypes()); // (B, 1)
    }
}
