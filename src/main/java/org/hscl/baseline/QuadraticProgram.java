package org.hscl.baseline;

import org.hscl.engine.Interruption;

/**
 * min ½ xᵀQx with 0 ≤ xᵢ ≤ C, Σ aᵢxᵢ = 1 and Σ_{i ∈ S} xᵢ ≥ κ, by Mehrotra's predictor–corrector interior point (Nocedal and
 * Wright 2006, section 16.6). Ten steps or so; each factors an (N, N) matrix by Cholesky.
 *
 * @param q symmetric and positive semidefinite, (N, N)
 * @param a of the equality, (N)
 * @param upper C
 * @param chosen whether i ∈ S, (N)
 * @param least κ
 */
record QuadraticProgram(double[][] q, double[] a, double upper, boolean[] chosen, double least) {

    private static final int MOST_STEPS = 60;

    /**
     * The x of the minimum.
     *
     * @throws IllegalArgumentException if no x meets the constraints, as far as 60 steps tell
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    double[] solve() {
        InteriorPoint state = new InteriorPoint(this);
        for (int step = 0; step < MOST_STEPS; step++) {
            Interruption.check("the quadratic program");
            if (state.finished()) {
                return state.solution();
            }
            state.advance();
        }
        if (!state.nearlyFinished()) {
            throw new IllegalArgumentException("the quadratic program of %d samples has no solution with C %s and κ %s; give %s"
                    .formatted(a.length, upper, least, "more unlabeled samples or a larger C"));
        }
        return state.solution();
    }

    /** G x for the rows −x, x, −Σ_S x of G x + s = h. */
    double[] constraints(double[] x) {
        int n = a.length;
        double[] g = new double[2 * n + 1];
        for (int i = 0; i < n; i++) {
            g[i] = x[i];
            g[n + i] = -x[i];
            g[2 * n] -= chosen[i] ? x[i] : 0;
        }
        return g;
    }

    /** Gᵀ z. */
    double[] transposed(double[] z) {
        int n = a.length;
        double[] g = new double[n];
        for (int i = 0; i < n; i++) {
            g[i] = z[i] - z[n + i] - (chosen[i] ? z[2 * n] : 0);
        }
        return g;
    }

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
