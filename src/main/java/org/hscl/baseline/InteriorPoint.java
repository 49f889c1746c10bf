package org.hscl.baseline;

import java.util.Arrays;

/** Where the iteration stands: x, slacks s, multipliers z of G x + s = h, multiplier y of the equality. */
final class InteriorPoint {

    private static final double TO_THE_BOUNDARY = 0.99;

    private static final double ENOUGH = 1e-10;

    private final QuadraticProgram program;
    private final int n;
    private final double[] h;
    private final double[] x;
    private final double[] s;
    private final double[] z;
    private double y;
    private final double[] dual;
    private final double[] primal;
    private double equality;

    InteriorPoint(QuadraticProgram program) {
        this.program = program;
        n = program.a().length;
        h = new double[2 * n + 1];
        x = new double[n];
        s = new double[2 * n + 1];
        z = new double[2 * n + 1];
        dual = new double[n];
        primal = new double[2 * n + 1];
        Arrays.fill(h, 0, n, program.upper());
        h[2 * n] = -program.least();
        Arrays.fill(x, program.upper() / 2);
        Arrays.fill(z, 1);
        double[] g = program.constraints(x);
        for (int i = 0; i < s.length; i++) {
            s[i] = Math.max(h[i] - g[i], 1);
        }
        residuals();
    }

    private void residuals() {
        double[] g = program.constraints(x);
        double[] pulled = program.transposed(z);
        for (int i = 0; i < n; i++) {
            dual[i] = QuadraticProgram.dot(program.q()[i], x) + pulled[i] + program.a()[i] * y;
        }
        for (int i = 0; i < s.length; i++) {
            primal[i] = g[i] + s[i] - h[i];
        }
        equality = QuadraticProgram.dot(program.a(), x) - 1;
    }

    private double gap() {
        return QuadraticProgram.dot(s, z) / s.length;
    }

    /** x, 0 where the lower bound holds: there its multiplier is the larger of the two. */
    double[] solution() {
        for (int i = 0; i < n; i++) {
            x[i] = x[i] < z[n + i] ? 0 : x[i];
        }
        return x;
    }

    boolean finished() {
        return worst() < ENOUGH;
    }

    boolean nearlyFinished() {
        return worst() < 1e-6;
    }

    private double worst() {
        double worst = Math.max(gap(), Math.abs(equality));
        worst = Math.max(worst, Arrays.stream(dual).map(Math::abs).max().orElse(0));
        return Math.max(worst, Arrays.stream(primal).map(Math::abs).max().orElse(0));
    }

    void advance() {
        double[][] factor = cholesky();
        double[] toA = solve(factor, program.a());
        double[] complementarity = new double[s.length];
        for (int i = 0; i < s.length; i++) {
            complementarity[i] = s[i] * z[i];
        }
        Direction affine = new Direction(factor, toA, complementarity);
        double gap = gap();
        double reached = affine.step(1);
        double after = 0;
        for (int i = 0; i < s.length; i++) {
            after += (s[i] + reached * affine.ds[i]) * (z[i] + reached * affine.dz[i]) / s.length;
        }
        double centring = Math.pow(after / gap, 3);
        for (int i = 0; i < s.length; i++) {
            complementarity[i] += affine.ds[i] * affine.dz[i] - centring * gap;
        }
        Direction direction = new Direction(factor, toA, complementarity);
        double length = direction.step(TO_THE_BOUNDARY);
        for (int i = 0; i < n; i++) {
            x[i] += length * direction.dx[i];
        }
        for (int i = 0; i < s.length; i++) {
            s[i] += length * direction.ds[i];
            z[i] += length * direction.dz[i];
        }
        y += length * direction.dy;
        residuals();
    }

    /** L of L Lᵀ = Q + Gᵀ diag(z / s) G. */
    private double[][] cholesky() {
        double[][] l = new double[n][];
        double shared = z[2 * n] / s[2 * n];
        for (int i = 0; i < n; i++) {
            double[] row = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double[] above = j < i ? l[j] : row;
                double sum = program.q()[i][j] + (program.chosen()[i] && program.chosen()[j] ? shared : 0);
                sum += i == j ? z[i] / s[i] + z[n + i] / s[n + i] : 0;
                for (int k = 0; k < j; k++) {
                    sum -= row[k] * above[k];
                }
                row[j] = i == j ? Math.sqrt(Math.max(sum, Double.MIN_NORMAL)) : sum / above[j];
            }
            l[i] = row;
        }
        return l;
    }

    private double[] solve(double[][] l, double[] right) {
        double[] v = right.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                v[i] -= l[i][k] * v[k];
            }
            v[i] /= l[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            v[i] /= l[i][i];
            for (int k = 0; k < i; k++) {
                v[k] -= l[i][k] * v[i];
            }
        }
        return v;
    }

    /** The Newton step to given products of slack and multiplier. */
    private final class Direction {

        private final double[] dx;
        private final double[] ds;
        private final double[] dz;
        private final double dy;

        Direction(double[][] factor, double[] toA, double[] complementarity) {
            double[] weighted = new double[s.length];
            for (int i = 0; i < s.length; i++) {
                weighted[i] = (z[i] * primal[i] - complementarity[i]) / s[i];
            }
            double[] right = program.transposed(weighted);
            for (int i = 0; i < n; i++) {
                right[i] = -dual[i] - right[i];
            }
            double[] free = solve(factor, right);
            dy = (QuadraticProgram.dot(program.a(), free) + equality) / QuadraticProgram.dot(program.a(), toA);
            dx = new double[n];
            for (int i = 0; i < n; i++) {
                dx[i] = free[i] - dy * toA[i];
            }
            double[] g = program.constraints(dx);
            ds = new double[s.length];
            dz = new double[s.length];
            for (int i = 0; i < s.length; i++) {
                ds[i] = -primal[i] - g[i];
                dz[i] = -(complementarity[i] + z[i] * ds[i]) / s[i];
            }
        }

        /** The longest step up to 1 that keeps a share of every slack and multiplier. */
        double step(double share) {
            double longest = 1;
            for (int i = 0; i < s.length; i++) {
                longest = ds[i] < 0 ? Math.min(longest, -share * s[i] / ds[i]) : longest;
                longest = dz[i] < 0 ? Math.min(longest, -share * z[i] / dz[i]) : longest;
            }
            return longest;
        }
    }
}
