package org.hscl.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hscl.engine.Scalar;
import org.hscl.engine.SeededRandom;
import org.hscl.model.Weights;

/**
 * Latent outlier exposure on neural transformations: K learned changes T(x) = x + MLP(x) whose encodings should be told apart and
 * resemble that of x (Qiu et al., ICML 2021). Of each unlabeled batch the share with the largest Lₙ − Lₐ counts half as anomalous
 * (Qiu et al., ICML 2022); with labels, Lₙ of L⁺ and Lₐ of L⁻ join, each set averaged by itself (SOEL, Li et al., ICML 2023). Written
 * from the equations. The share must be told; the original estimates it from labels that it chose itself, which a split has not.
 *
 * @param share of anomalies among the unlabeled rows, in [0, .5]
 * @param labels whether labeled rows are read: SOEL, else LOE
 */
record OutlierExposure(double share, boolean labels) implements Peer.Network {

    private static final int TRANSFORMATIONS = 8;
    private static final int HIDDEN = 128;
    private static final int DIMENSIONS = 64;
    private static final double TEMPERATURE = 0.1;
    private static final int EPOCHS_AS_NORMAL = 2;
    private static final double LEAST = 1e-6;

    @Override
    public String name() {
        return String.format(Locale.ROOT, "%s told %.0f %%", labels ? "SOEL" : "LOE", 100 * share);
    }

    @Override
    public String citation() {
        return labels
                ? "Li et al., Deep Anomaly Detection under Labeling Budget Constraints, ICML 2023"
                : "Qiu et al., Latent Outlier Exposure for Anomaly Detection with Contaminated Data, ICML 2022";
    }

    @Override
    public int steps() {
        return 300;
    }

    @Override
    public int unlabeledRows() {
        return 128;
    }

    @Override
    public double learningRate() {
        return 3e-4;
    }

    @Override
    public Weights start(FeatureRows.OnDevice rows, SplittableRandom random, NDManager manager) {
        int columns = (int) rows.unlabeled().getShape().get(1);
        Weights weights = new Weights(manager);
        add(weights, "change.0", new Shape(TRANSFORMATIONS, columns, HIDDEN), random);
        add(weights, "change.2", new Shape(TRANSFORMATIONS, HIDDEN, columns), random);
        add(weights, "encoder.0", new Shape(columns, HIDDEN), random);
        add(weights, "encoder.2", new Shape(HIDDEN, DIMENSIONS), random);
        return weights;
    }

    private static void add(Weights weights, String name, Shape shape, SplittableRandom random) {
        double bound = 1 / Math.sqrt(shape.get(shape.dimension() - 2));
        float[] values = SeededRandom.uniform((int) shape.size(), -bound, bound, random);
        weights.add(name, weights.manager().create(values, shape));
    }

    @Override
    public NDArray loss(FeatureRows.OnDevice labeled, NDArray unlabeled, double epoch, Weights weights) {
        NDArray match = match(unlabeled, weights); // (B, K)
        NDArray normal = normal(match);
        NDArray abnormal = abnormal(match);
        NDArray loss;
        if (epoch < EPOCHS_AS_NORMAL) {
            loss = normal.mean();
        } else {
            NDArray half = unlabeled.getManager().create(half(normal.sub(abnormal).toFloatArray())); // (B): .5 or 0
            loss = normal.mul(Scalar.plus(half.neg(), 1)).add(abnormal.mul(half)).mean();
        }
        if (labels && labeled.countLabeledNormal() > 0) {
            loss = loss.add(normal(match(labeled.labeledNormal(), weights)).mean());
        }
        if (labels && labeled.countLabeledAbnormal() > 0) {
            loss = loss.add(abnormal(match(labeled.labeledAbnormal(), weights)).mean());
        }
        return loss;
    }

    private float[] half(float[] difference) {
        float[] half = new float[difference.length];
        Integer[] order = IntStream.range(0, half.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (a, b) -> Float.compare(difference[b], difference[a]));
        Arrays.stream(order).limit(Math.round(share * half.length)).forEach(i -> half[i] = 0.5f);
        return half;
    }

    @Override
    public NDArray normality(NDArray x, Weights weights) {
        return normal(match(x, weights)).neg();
    }

    /** Lₙ = −mean log c / log K: (N, K) → (N). */
    private static NDArray normal(NDArray match) {
        return meanLog(match);
    }

    /** Lₐ = −mean log(1 − c) / log K: (N, K) → (N). */
    private static NDArray abnormal(NDArray match) {
        return meanLog(Scalar.plus(match.neg(), 1));
    }

    private static NDArray meanLog(NDArray match) {
        return Scalar.times(match.maximum(Scalar.of(match, LEAST)).log().mean(new int[] {1}), -1 / Math.log(TRANSFORMATIONS));
    }

    /** c: how much of a changed row's likeness goes to the row itself, not to its other changes: (N, C) → (N, K) in (0, 1). */
    private static NDArray match(NDArray x, Weights weights) {
        NDManager manager = x.getManager();
        NDArray one = x.expandDims(0); // (1, N, C)
        NDArray changed = Activation.relu(one.matMul(weights.get("change.0"))).matMul(weights.get("change.2")).add(one); // (K, N, C)
        NDArray all = one.concat(changed, 0); // (K + 1, N, C)
        NDArray z = Activation.relu(all.matMul(weights.get("encoder.0"))).matMul(weights.get("encoder.2")); // (K + 1, N, D)
        NDArray rows = unit(z).transpose(1, 0, 2); // (N, K + 1, D)
        NDArray likeness = Scalar.times(rows.matMul(rows.transpose(0, 2, 1)), 1 / TEMPERATURE).exp(); // (N, K + 1, K + 1)
        NDArray others = likeness.mul(Scalar.plus(manager.eye(TRANSFORMATIONS + 1).neg(), 1)).sum(new int[] {2}); // (N, K + 1)
        return likeness.get(":, 1:, 0").div(others.get(":, 1:"));
    }

    /** Rows of length 1: (K + 1, N, D). */
    private static NDArray unit(NDArray z) {
        NDArray length = z.square().sum(new int[] {2}, true).sqrt();
        return z.div(length.maximum(Scalar.of(length, 1e-12)));
    }
}
