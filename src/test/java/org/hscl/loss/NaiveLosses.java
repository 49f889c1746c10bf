package org.hscl.loss;

/** The formulas once more, in plain loops over float64 numbers: what the batched losses are compared with. */
final class NaiveLosses {

    private NaiveLosses() {}

    static double cosine(double[] a, double[] b) {
        return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }

    static double[] column(double[][] matrix, int k) {
        double[] column = new double[matrix.length];
        for (int d = 0; d < column.length; d++) {
            column[d] = matrix[d][k];
        }
        return column;
    }

    /** Eq. 1–2. */
    static double sampleToSample(double[][] z, double temperature) {
        int rows = z.length;
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            double all = 0;
            for (int j = 0; j < rows; j++) {
                all += j == i ? 0 : Math.exp(cosine(z[i], z[j]) / temperature);
            }
            double positive = Math.exp(cosine(z[i], z[(i + rows / 2) % rows]) / temperature);
            sum -= Math.log(positive / all);
        }
        return sum / rows;
    }

    static double crossEntropy(double[][] logits, int[] labels) {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            double all = 0;
            for (double logit : logits[i]) {
                all += Math.exp(logit);
            }
            sum -= Math.log(Math.exp(logits[i][labels[i]]) / all);
        }
        return sum / logits.length;
    }

    /** max_k ẑ·p̂ₖ. */
    static double nearest(double[] z, double[][] prototypes) {
        double nearest = -1;
        for (int k = 0; k < prototypes[0].length; k++) {
            nearest = Math.max(nearest, cosine(z, column(prototypes, k)));
        }
        return nearest;
    }

    /** Eq. 5. */
    static double weight(double[] z, double[][] prototypes, boolean labeled) {
        return labeled ? 1 : (nearest(z, prototypes) + 1) / 2;
    }

    /** Eq. 4, first part. */
    static double normalTerm(double[][] z, double[][] prototypes, int labeledNormal) {
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            sum += Math.pow(weight(z[i], prototypes, i < labeledNormal) * (nearest(z[i], prototypes) - 1), 2);
        }
        return sum / z.length;
    }

    /** Eq. 4, second part. */
    static double abnormalTerm(double[][] z, double[][] prototypes, Variant variant) {
        int count = prototypes[0].length;
        double sum = 0;
        for (double[] row : z) {
            for (int k = 0; k < count; k++) {
                double similarity = cosine(row, column(prototypes, k));
                sum += Math.pow(variant == Variant.PAPER ? Math.max(similarity, 0) : similarity + 1, 2);
            }
        }
        return sum / (z.length * count);
    }

    /** Eq. 6. */
    static double paperPairs(double[][] normal, double[][] abnormal, int[] anchors, int[] positives, double temperature) {
        double sum = 0;
        for (int m = 0; m < anchors.length; m++) {
            double[] anchor = normal[anchors[m]];
            double positive = Math.exp(cosine(anchor, normal[positives[m]]) / temperature);
            double all = positive;
            for (double[] negative : abnormal) {
                all += Math.exp(cosine(anchor, negative) / temperature);
            }
            sum -= Math.log(positive / all);
        }
        return sum / anchors.length;
    }

    /** Eq. 6 as released: one mixed negative for each mixed anchor. */
    static double releasedMixes(double[][] anchors, double[][] positives, double[][] negatives, double temperature) {
        double sum = 0;
        for (int m = 0; m < anchors.length; m++) {
            double positive = Math.exp(cosine(anchors[m], positives[m]) / temperature);
            double negative = Math.exp(cosine(anchors[m], negatives[m]) / temperature);
            sum -= Math.log(positive / (positive + negative));
        }
        return sum / anchors.length;
    }

    /** Convex mixes of unit rows; their length does not matter to a cosine. */
    static double[][] mixes(double[][] z, int[] index, double[][] share) {
        double[][] mixes = new double[share.length][z[0].length];
        for (int m = 0; m < share.length; m++) {
            for (int k = 0; k < share[m].length; k++) {
                double[] row = z[index[m * share[m].length + k]];
                double length = Math.sqrt(dot(row, row));
                for (int d = 0; d < row.length; d++) {
                    mixes[m][d] += share[m][k] * row[d] / length;
                }
            }
        }
        return mixes;
    }
}
