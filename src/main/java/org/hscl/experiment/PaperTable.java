package org.hscl.experiment;

/** Where published numbers stand: the paper's five tables of AUROCs, and what its peers report on Fashion-MNIST. */
public enum PaperTable {
    /** Scenario 1. */
    TABLE_1("Table 1: scenario 1, one-class classification", "Means over 90 runs: 10 normal × 9 labeled abnormal classes.") {
        @Override
        boolean holds(Place place) {
            return place.isFullModel() && place.pollutionRatio() == 0 && place.testSet().isEmpty();
        }

        @Override
        String column(Place place) {
            return "γ_l " + place.labeledRatio();
        }
    },
    /** Scenario 2 on one data set. */
    TABLE_2("Table 2: scenario 2, contaminated one-class classification", "γ_l = 0.05 where a method uses labels.") {
        @Override
        boolean holds(Place place) {
            return place.isFullModel() && usualLabels(place) && place.testSet().isEmpty();
        }

        @Override
        String column(Place place) {
            return "γ_p " + place.pollutionRatio();
        }
    },
    /** Scenario 2 on three data sets. */
    TABLE_3("Table 3: scenario 2 beside semi-supervised and noisy-label methods", "γ_l = 0.05 where a method uses labels.") {
        @Override
        boolean holds(Place place) {
            return TABLE_2.holds(place) && place.pollutionRatio() > 0;
        }

        @Override
        String column(Place place) {
            return TABLE_2.column(place);
        }
    },
    /** Scenario 3. */
    TABLE_4("Table 4: scenario 3, cross-dataset detection", "Normal is CIFAR-10; the columns are the anomalies of the test.") {
        @Override
        boolean holds(Place place) {
            return place.isFullModel() && !place.testSet().isEmpty();
        }

        @Override
        String column(Place place) {
            return place.testSet();
        }
    },
    /** Ablations. */
    TABLE_5(
            "Table 5: what each relation contributes",
            "Its γ_p is not stated, and its full model differs from Table 3's; measured here at γ_p = 0.1.") {
        @Override
        boolean holds(Place place) {
            boolean usualPollution = Double.isNaN(place.pollutionRatio()) || place.pollutionRatio() == 0.10;
            return !place.terms().isEmpty() && usualLabels(place) && usualPollution && place.testSet().isEmpty();
        }

        @Override
        String column(Place place) {
            return place.terms();
        }
    },
    /** Not in the paper. */
    FASHION_MNIST(
            "Published AUROCs on Fashion-MNIST",
            "Means over 90 runs, from Ruff et al. 2020 (Deep SAD, whose runs label anomalies only, no normals) and Huang et al. "
                    + "2021 (ESAD).") {
        @Override
        boolean holds(Place place) {
            return TABLE_1.holds(place) && place.dataSet().equals("fashion-mnist");
        }

        @Override
        String column(Place place) {
            return TABLE_1.column(place);
        }
    };

    private final String title;
    private final String note;

    PaperTable(String title, String note) {
        this.title = title;
        this.note = note;
    }

    /** Whether the labels are those of scenario 2, or none are used. */
    private static boolean usualLabels(Place place) {
        return place.labeledRatio() == 0 || place.labeledRatio() == 0.05;
    }

    /** What it shows. */
    public String title() {
        return title;
    }

    /** What to know when comparing with it. */
    public String note() {
        return note;
    }

    /** Whether a number measured there is comparable with this table's. */
    abstract boolean holds(Place place);

    /** The column that a number stands in. */
    abstract String column(Place place);
}
