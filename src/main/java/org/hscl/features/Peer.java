package org.hscl.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hscl.baseline.Method;
import org.hscl.data.ImageSet;
import org.hscl.detect.NormalityModel;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Interruption;
import org.hscl.engine.SeededRandom;
import org.hscl.engine.Torch;
import org.hscl.model.Weights;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.Adam;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/**
 * Another small network on the same standardized features, trained by Adam on all labeled rows and some unlabeled ones a step.
 *
 * @param network what is trained
 * @param backbone whose features it reads
 * @param cache keeps them
 */
record Peer(Network network, Backbone backbone, FeatureCache cache) implements Method {

    private static final int ROWS_AT_ONCE = 1024;

    /** What tells one peer from another. */
    interface Network {

        String name();

        String citation();

        int steps();

        /** Unlabeled rows a step. */
        int unlabeledRows();

        double learningRate();

        /** Weights before the training; names that end in {@code running_mean} are not trained. */
        Weights start(FeatureRows.OnDevice rows, SplittableRandom random, NDManager manager);

        /**
         * The loss of a step.
         *
         * @param unlabeled the step's, (B, C)
         * @param epoch passes through U so far
         */
        NDArray loss(FeatureRows.OnDevice labeled, NDArray unlabeled, double epoch, Weights weights);

        /** Higher is more normal: (N, C) → (N). */
        NDArray normality(NDArray x, Weights weights);
    }

    @Override
    public String name() {
        return network.name();
    }

    @Override
    public String citation() {
        return network.citation();
    }

    @Override
    public NormalityModel fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        if (Arrays.stream(split.labels()).noneMatch(label -> label == Label.UNLABELED)) {
            throw new IllegalArgumentException("%s has no unlabeled pictures, which %s learns from; add some".formatted(split.name(), name()));
        }
        FeatureRows rows = FeatureRows.of(cache.features(split.train(), backbone, options.device()), split.labels());
        NDManager manager = Torch.engine().newBaseManager(ComputeDevice.choose(options.device()).device());
        try {
            Weights weights = train(rows, config.seed(), manager);
            return new Trained(rows, weights, manager, options.device());
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private Weights train(FeatureRows rows, long seed, NDManager manager) {
        SplittableRandom random = SeededRandom.at(seed);
        try (NDManager own = manager.newSubManager()) {
            FeatureRows.OnDevice sent = rows.send(own);
            Weights weights = network.start(sent, random, manager);
            weights.requireGradients();
            try (Adam adam = new Adam(weights, 0)) {
                int count = rows.unlabeled().length;
                for (int step = 0; step < network.steps(); step++) {
                    Interruption.check("training");
                    try (NDManager scratch = own.newSubManager(); GradientCollector gradients = Torch.engine().newGradientCollector()) {
                        long[] drawn = IntStream.of(SeededRandom.permutation(count, random)).limit(network.unlabeledRows())
                                .asLongStream().toArray();
                        FeatureRows.OnDevice lent = sent.lent(scratch);
                        NDArray some = lent.unlabeled().get(scratch, new NDIndex("{}", scratch.create(drawn))); // (B, C)
                        gradients.backward(network.loss(lent, some, (double) step * drawn.length / Math.max(count, 1), weights));
                    }
                    adam.step(network.learningRate());
                }
            }
            return weights;
        }
    }

    /** A trained peer; it owns its manager. */
    private final class Trained implements NormalityModel {

        private final FeatureRows rows;
        private final Weights weights;
        private final NDManager manager;
        private final String device;

        private Trained(FeatureRows rows, Weights weights, NDManager manager, String device) {
            this.rows = rows;
            this.weights = weights;
            this.manager = manager;
            this.device = device;
        }

        @Override
        public double[] score(ImageSet images) {
            float[][] standard = Arrays.stream(cache.features(images, backbone, device))
                    .map(row -> FeatureRows.standardized(row, rows.mean(), rows.deviation())).toArray(float[][]::new);
            double[] all = new double[standard.length];
            for (int start = 0; start < all.length; start += ROWS_AT_ONCE) {
                Interruption.check("scoring");
                float[][] some = Arrays.copyOfRange(standard, start, Math.min(start + ROWS_AT_ONCE, all.length));
                try (NDManager scratch = manager.newSubManager()) {
                    float[] scores = network.normality(FeatureRows.matrix(some, rows.columns(), scratch), weights).toFloatArray();
                    for (int i = 0; i < scores.length; i++) {
                        all[start + i] = scores[i];
                    }
                }
            }
            return all;
        }

        @Override
        public void close() {
            manager.close();
        }
    }
}
