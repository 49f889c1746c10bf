package org.hscl.baseline;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.hscl.data.ImageSet;
import org.hscl.detect.FeatureModel;
import org.hscl.engine.Torch;
import org.hscl.eval.Encodings;
import org.hscl.model.Encoder;

/**
 * A trained encoder and what it makes of an image.
 *
 * @param encoder folded, for scoring only
 * @param manager owns the encoder and whatever the scorer keeps
 * @param scorer from the output of N images to (N), higher is more normal
 */
record EncoderModel(Encoder encoder, NDManager manager, Function<Encoder.Output, NDArray> scorer)
        implements FeatureModel {

    /** A model that outlives the training of its encoder. */
    static EncoderModel of(
            Encoder trained, Device device, BiFunction<Encoder, NDManager, Function<Encoder.Output, NDArray>> scorer) {
        NDManager manager = Torch.engine().newBaseManager(device);
        Encoder folded = trained.folded(manager);
        return new EncoderModel(folded, manager, scorer.apply(folded, manager));
    }

    @Override
    public double[] score(ImageSet images) {
        return Encodings.scores(images, manager, batch -> scorer.apply(encoder.forward(batch, false)));
    }

    @Override
    public float[][] features(ImageSet images) {
        return Encodings.features(images, encoder, manager);
    }

    @Override
    public void close() {
        encoder.close();
        manager.close();
    }
}
