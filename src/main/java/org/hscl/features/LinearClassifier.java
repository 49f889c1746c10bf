package org.hscl.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.util.SplittableRandom;
import org.hscl.engine.Scalar;
import org.hscl.model.Weights;

/** Logistic regression of L⁺ ∪ U against L⁻, both sides with equal weight. */
record LinearClassifier() implements Peer.Network {

    @Override
    public String name() {
        return "Linear";
    }

    @Override
    public String citation() {
        return "logistic regression, unlabeled pictures as normal ones";
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
        Weights weights = new Weights(manager);
        weights.add("weight", manager.zeros(new Shape(1, rows.unlabeled().getShape().get(1))));
        weights.add("bias", manager.zeros(new Shape(1)));
        return weights;
    }

    @Override
    public NDArray loss(FeatureRows.OnDevice labeled, NDArray unlabeled, double epoch, Weights weights) {
        NDArray normal = unlabeled.concat(labeled.labeledNormal(), 0); // (B + L, C)
        NDArray loss = softPlus(normality(normal, weights).neg()).mean();
        return labeled.countLabeledAbnormal() == 0
                ? loss
                : loss.add(softPlus(normality(labeled.labeledAbnormal(), weights)).mean());
    }

    /** log(1 + eˣ). */
    private static NDArray softPlus(NDArray x) {
        return x.maximum(Scalar.of(x, 0)).add(Scalar.plus(x.abs().neg().exp(), 1).log());
    }

    @Override
    public NDArray normality(NDArray x, Weights weights) {
        return Linear.linear(x, weights.get("weight"), weights.get("bias")).singletonOrThrow().reshape(-1);
    }
}
