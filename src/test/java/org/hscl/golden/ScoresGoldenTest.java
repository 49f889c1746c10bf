package org.hscl.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import org.hscl.augment.Rotation;
import org.hscl.eval.Calibration;
import org.hscl.eval.EnsembleConfig;
import org.hscl.eval.EnsembleScore;
import org.hscl.eval.Neighbours;
import org.hscl.eval.Roc;
import org.hscl.loss.Variant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScoresGoldenTest {

    private static Golden golden;

    @BeforeAll
    static void read() {
        golden = Golden.read("scores");
    }

    @AfterAll
    static void close() {
        golden.close();
    }

    @Test
    void releasedEnsembleScoreMatches() {
        NDArray z = byRotation("feats_projection").mean(new int[] {2}); // (N, 4, D)
        NDArray logits = byRotation("feats_shift").mean(new int[] {2}); // (N, 4, 4)
        NDArray own = logits.mul(golden.manager().eye(Rotation.COUNT)).sum(new int[] {2}); // (N, 4)
        Calibration calibration = new Calibration(golden.floats("weight_sim"), golden.floats("weight_shift"), "");
        EnsembleConfig config = EnsembleConfig.defaults().withVariant(Variant.RELEASED);
        NDArray score = new EnsembleScore(config, calibration)
                .combine(new EnsembleScore.MeanOutputs(z, own), golden.get("prototypes_raw"));
        golden.assertClose("score_released", score, 1e-5);
    }

    @Test
    void areaUnderTheCurveCountsTiesHalf() {
        assertEquals(golden.scalar("auroc"), roc().auroc(), 1e-12);
    }

    @Test
    void averagePrecisionMatches() {
        assertEquals(golden.scalar("average_precision"), roc().averagePrecision(), 1e-12);
    }

    @Test
    void curveHasOnePointForEachDistinctScore() {
        assertArrayEquals(golden.doubles("fpr"), roc().falsePositiveRate(), 1e-12);
        assertArrayEquals(golden.doubles("tpr"), roc().truePositiveRate(), 1e-12);
    }

    @Test
    void falsePositiveRateAt95PercentMatches() {
        assertEquals(golden.scalar("fpr_at_95_tpr"), roc().falsePositiveRateAt(0.95), 1e-12);
    }

    @Test
    void nearestNeighbourScoresMatch() {
        NDArray query = golden.get("knn_query");
        NDArray train = golden.get("knn_train");
        golden.assertClose("knn1", Neighbours.meanCosine(query, train, 1), 1e-5);
        golden.assertClose("knn5_mean", Neighbours.meanCosine(query, train, 5), 1e-5);
    }

    private static Roc roc() {
        int[] normal = golden.rows("is_normal");
        boolean[] abnormal = new boolean[normal.length];
        for (int i = 0; i < abnormal.length; i++) {
            abnormal[i] = normal[i] == 0;
        }
        return Roc.of(golden.doubles("tied_score"), abnormal);
    }

    /** (N, 4·S, d), rotation-major → (N, 4, S, d). */
    private static NDArray byRotation(String name) {
        NDArray features = golden.get(name);
        long count = features.getShape().get(0);
        long samples = features.getShape().get(1) / Rotation.COUNT;
        return features.reshape(count, Rotation.COUNT, samples, features.getShape().get(2));
    }
}
