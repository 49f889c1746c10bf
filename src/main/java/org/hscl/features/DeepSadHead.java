package org.hscl.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.SplittableRandom;
import org.hscl.engine.Scalar;
import org.hscl.engine.SeededRandom;
import org.hscl.model.Weights;

/**
 * Deep SAD with a network of two layers without biases: mean of ‖z − c‖² over U and L⁺, and of 1 / ‖z − c‖² over L⁻, each kind of
 * rows by itself; c is the mean of z before the training.
 */
record DeepSadHead() implements Peer.Network {

    private static final String CENTER = "center.running_mean";
    private static final int HIDDEN = 512;
    private static final int DIMENSIONS = 128;
    private static final double LEAST = 1e-6;

    @Override
    public String name() {
        return "Deep SAD";
    }

    @Override
    public String citation() {
        return "Ruff et al., Deep Semi-Supervised Anomaly Detection, ICLR 2020";
    }

    @Override
    public int steps() {
        return 400;
    }

    @Override
    public int unlabeledRows() {
        return 256;
    }

    @Override
    public double learningRate() {
        return 1e-3;
    }

    @Override
    public Weights start(FeatureRows.OnDevice rows, SplittableRandom random, NDManager manager) {
        int columns = (int) rows.unlabeled().getShape().get(1);
        Weights weights = new Weights(manager);
        add(weights, "0.weight", columns, HIDDEN, random);
        add(weights, "2.weight", HIDDEN, DIMENSIONS, random);
        try (NDManager scratch = manager.newSubManager()) {
            NDArray all = rows.lent(scratch).unlabeled().concat(rows.labeledNormal(), 0);
            NDArray center = projection(all, weights).mean(new int[] {0}, true); // (1, D)
            center.attach(manager);
            weights.add(CENTER, center);
        }
        return weights;
    }

    private static void add(Weights weights, String name, int in, int out, SplittableRandom random) {
        double bound = 1 / Math.sqrt(in);
        weights.add(name, weights.manager().create(SeededRandom.uniform(in * out, -bound, bound, random), new Shape(in, out)));
    }

    @Override
    public NDArray loss(FeatureRows.OnDevice labeled, NDArray unlabeled, double epoch, Weights weights) {
        NDArray loss = distance(unlabeled, weights).mean();
        if (labeled.countLabeledNormal() > 0) {
            loss = loss.add(distance(labeled.labeledNormal(), weights).mean());
        }
        return labeled.countLabeledAbnormal() == 0
                ? loss
                : loss.add(inverse(distance(labeled.labeledAbnormal(), weights)).mean());
    }

    private static NDArray inverse(NDArray distance) {
        return Scalar.of(distance, 1).div(Scalar.plus(distance, LEAST));
    }

    @Override
    public NDArray normality(NDArray x, Weights weights) {
        return distance(x, weights).neg();
    }

    /** ‖z − c‖²: (N, C) → (N). */
    private static NDArray distance(NDArray x, Weights weights) {
        return projection(x, weights).sub(weights.get(CENTER)).square().sum(new int[] {1});
    }

    private static NDArray projection(NDArray x, Weights weights) {
        return Activation.relu(x.matMul(weights.get("0.weight"))).matMul(weights.get("2.weight")); // (N, D)
    }
}
