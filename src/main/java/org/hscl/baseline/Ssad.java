package org.hscl.baseline;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hscl.engine.Interruption;
import org.hscl.scenario.Label;

/**
 * SSAD: a one-class support vector machine with a margin between labeled normal and labeled abnormal vectors (Görnitz et al.
 * 2013, Eq. 15–17; convex, since unlabeled vectors count as normal): min ½ Σ αᵢαⱼyᵢyⱼk(xᵢ, xⱼ) with 0 ≤ α ≤ C, Σ yᵢαᵢ = 1,
 * Σ_labeled α ≥ κ, y = −1 on L⁻. κ = C = 1; without labels κ = 0. It reads L⁺, U and L⁻.
 *
 * <p>Changed: the Gaussian kernel's g is 1 / (D · variance of the values), as for OC-SVM; the original takes the best of ten on a
 * tenth of the test set, whose labels no method here sees. On SimCLR features where the original has an autoencoder's.
 */
final class Ssad implements VectorMethod {

    private static final double KAPPA = 1;
    private static final double C = 1;
    private static final double SUPPORT = 1e-9;

    @Override
    public String name() {
        return "SSAD";
    }

    @Override
    public String citation() {
        return "Görnitz et al., Toward Supervised Anomaly Detection, Journal of Artificial Intelligence Research 2013";
    }

    @Override
    public boolean readsAbnormal() {
        return true;
    }

    @Override
    public ToDoubleFunction<double[]> fit(double[][] rows, Label[] labels, long seed) {
        return fit(rows, labels, 1 / (rows[0].length * OcSvm.variance(rows)), C);
    }

    @Override
    public ToDoubleFunction<double[]> fit(double[][] rows, long seed) {
        Label[] none = new Label[rows.length];
        Arrays.fill(none, Label.UNLABELED);
        return fit(rows, none, seed);
    }

    /**
     * A trained machine.
     *
     * @param rows the training vectors, (N, D)
     * @param weights yᵢαᵢ, (N)
     * @param gamma g of the kernel exp(−g‖x − x′‖²)
     * @param threshold ρ
     */
    record Machine(double[][] rows, double[] weights, double gamma, double threshold) implements ToDoubleFunction<double[]> {

        /** Σ αᵢyᵢk(xᵢ, x) − ρ, higher is more normal. */
        @Override
        public double applyAsDouble(double[] vector) {
            return withoutThreshold(vector) - threshold;
        }

        double withoutThreshold(double[] vector) {
            double sum = 0;
            for (int i = 0; i < rows.length; i++) {
                sum += Math.abs(weights[i]) < SUPPORT ? 0 : weights[i] * kernel(rows[i], vector, gamma);
            }
            return sum;
        }
    }

    /**
     * Solves the dual.
     *
     * @param rows (N, D)
     * @param labels of the rows
     * @param gamma g of the kernel
     * @param c the bound C of every α
     */
    static Machine fit(double[][] rows, Label[] labels, double gamma, double c) {
        double[] y = Arrays.stream(labels).mapToDouble(label -> label == Label.ABNORMAL ? -1 : 1).toArray();
        checkFeasible(labels, c);
        boolean[] labeled = new boolean[y.length];
        boolean any = false;
        double[][] q = new double[y.length][y.length];
        for (int i = 0; i < y.length; i++) {
            Interruption.check("the kernel");
            labeled[i] = labels[i] != Label.UNLABELED;
            any |= labeled[i];
            for (int j = 0; j <= i; j++) {
                q[i][j] = y[i] * y[j] * kernel(rows[i], rows[j], gamma);
                q[j][i] = q[i][j];
            }
        }
        double[] alpha = new QuadraticProgram(q, y, c, labeled, any ? KAPPA : 0).solve();
        double[] weights = IntStream.range(0, y.length).mapToDouble(i -> y[i] * alpha[i]).toArray();
        return new Machine(rows, weights, gamma, threshold(q, y, alpha, labels));
    }

    /** Σ yα = 1 with labeled anomalies alone to reach κ takes 1 + κ of the others. */
    private static void checkFeasible(Label[] labels, double c) {
        long abnormal = Arrays.stream(labels).filter(label -> label == Label.ABNORMAL).count();
        boolean onlyAbnormal = abnormal > 0 && Arrays.stream(labels).noneMatch(label -> label == Label.NORMAL);
        double needed = onlyAbnormal ? 1 + KAPPA : 1;
        if ((labels.length - abnormal) * c < needed) {
            throw new IllegalArgumentException("SSAD has %d normal or unlabeled samples beside %d abnormal ones; give at least %.0f"
                    .formatted(labels.length - abnormal, abnormal, Math.ceil(needed / c)));
        }
    }

    /** ρ, the larger of those by which unlabeled and labeled support vectors are kept. */
    private static double threshold(double[][] q, double[] y, double[] alpha, Label[] labels) {
        double[] best = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY}; // U, L⁺, L⁻
        double lowestAbnormal = Double.POSITIVE_INFINITY;
        for (int i = 0; i < y.length; i++) {
            if (alpha[i] < SUPPORT) {
                continue;
            }
            double g = 0;
            for (int j = 0; j < y.length; j++) {
                g += y[i] * q[i][j] * alpha[j]; // yᵢ cancels the one in Q
            }
            best[labels[i].ordinal()] = Math.max(best[labels[i].ordinal()], g);
            lowestAbnormal = labels[i] == Label.ABNORMAL ? Math.min(lowestAbnormal, g) : lowestAbnormal;
        }
        double normal = best[Label.NORMAL.ordinal()];
        double abnormal = best[Label.ABNORMAL.ordinal()];
        boolean both = Double.isFinite(normal) && Double.isFinite(abnormal);
        double labeled = both ? (normal + lowestAbnormal) / 2 : Math.max(normal, abnormal);
        return Math.max(best[Label.UNLABELED.ordinal()], labeled);
    }

    private static double kernel(double[] x, double[] other, double gamma) {
        double sum = 0;
        for (int d = 0; d < x.length; d++) {
            sum += (x[d] - other[d]) * (x[d] - other[d]);
        }
        return Math.exp(-gamma * sum);
    }
}
