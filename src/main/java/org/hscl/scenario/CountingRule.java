package org.hscl.scenario;

/** How many images are labeled and how many contaminate, from the ratios; the two published conventions differ. */
public enum CountingRule {
    /**
     * Deep SAD's and ELSA's, which Tables 1 and 2 of the paper compare with: all n normal images stay, and with N the
     * whole training set, |L⁺| = γ_l·N, |L⁻| = γ_l·N and the pollution is γ_p·|U|. Each count is truncated.
     */
    ELSA {
        @Override
        Counts counts(int normals, int labeledClasses, int pollutingClasses, Ratios ratios) {
            double normalShare = ratios.labeledNormal() + (1 - ratios.pollution()) * ratios.unlabeled();
            double total = normals / normalShare;
            double unlabeled = total * ratios.unlabeled();
            return new Counts(
                    truncate(total * ratios.labeledNormal()),
                    truncate(unlabeled * (1 - ratios.pollution())),
                    truncate(unlabeled * ratios.pollution()),
                    truncate(total * ratios.labeledAbnormal()));
        }
    },
    /**
     * The released code's: round(n·γ_l) labeled normals; from each of the abnormal classes round(n·γ/(1 − γ)/classes)
     * labeled anomalies with γ = γ_l, and as many polluting ones with γ = γ_p.
     */
    RELEASED {
        @Override
        Counts counts(int normals, int labeledClasses, int pollutingClasses, Ratios ratios) {
            int labeled = (int) Math.rint(normals * ratios.labeledNormal());
            return new Counts(
                    labeled,
                    normals - labeled,
                    perClass(normals, ratios.pollution(), pollutingClasses) * pollutingClasses,
                    perClass(normals, ratios.labeledAbnormal(), labeledClasses) * labeledClasses);
        }
    };

    private static final double ROUNDING_ERROR = 1e-9;

    /**
     * The counts of a training set.
     *
     * @param normals images of the normal class or classes, n
     * @param labeledClasses how many classes the labeled anomalies come from
     * @param pollutingClasses how many classes the pollution comes from
     * @param ratios γ_l and γ_p
     */
    abstract Counts counts(int normals, int labeledClasses, int pollutingClasses, Ratios ratios);

    private static int truncate(double count) {
        return (int) (count + ROUNDING_ERROR);
    }

    private static int perClass(int normals, double ratio, int classes) {
        return classes == 0 ? 0 : (int) Math.rint(normals * ratio / (1 - ratio) / classes);
    }

    /** How many images a training set holds in each state. */
    record Counts(int labeledNormal, int unlabeledNormal, int pollution, int labeledAbnormal) {}
}
