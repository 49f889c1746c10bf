package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import org.hscl.augment.Augmenter;
import org.hscl.data.ImageSet;
import org.hscl.detect.FeatureModel;
import org.hscl.engine.SeededRandom;
import org.hscl.eval.Encodings;
import org.hscl.model.Encoder;

/**
 * Elsa's score: log Σ_k exp(z̄·p_k), where z̄ is the direction of the mean projection of augmented samples; Elsa+ sums it over four
 * rotations. Every image is augmented alike, so that its score does not depend on the others.
 *
 * @param encoder folded, for scoring only
 * @param manager owns the encoder and the prototypes
 * @param prototypes of length 1, (K, D)
 * @param augmenter of the samples
 * @param plus whether rotations count
 * @param seed of the samples
 */
record ElsaModel(Encoder encoder, NDManager manager, NDArray prototypes, Augmenter augmenter, boolean plus, long seed)
        implements FeatureModel {

    private static final int SAMPLES = 10;
    private static final long PURPOSE = 13;
    private static final int ROTATIONS = 4;

    @Override
    public double[] score(ImageSet images) {
        return Encodings.scores(images, manager, batch -> {
            NDList samples = new NDList();
            for (int i = 0; i < SAMPLES; i++) {
                SplittableRandom random = SeededRandom.at(seed, PURPOSE, i);
                NDArray rows = plus ? augmenter.ensembleSample(batch, random) : sample(batch, random);
                samples.add(encoder.forward(rows, false).projection());
            }
            return Energy.sumOfRotations(Energy.score(Energy.mean(samples), prototypes), plus ? ROTATIONS : 1);
        });
    }

    private NDArray sample(NDArray images, SplittableRandom random) {
        NDArray flipped = random.nextBoolean() ? images.flip(3) : images;
        return augmenter.change(flipped, 1, random);
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
