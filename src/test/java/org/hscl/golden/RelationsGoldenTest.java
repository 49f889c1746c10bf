package org.hscl.golden;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.hscl.loss.Differentiation;
import org.hscl.loss.NormalToAbnormal;
import org.hscl.loss.NormalToAbnormal.Mix;
import org.hscl.loss.SampleToPrototype;
import org.hscl.loss.SoftWeights;
import org.hscl.loss.ThresholdSampling;
import org.hscl.loss.Variant;
import org.hscl.scenario.SampleState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sample-to-prototype and normal-to-abnormal, both variants, for each recorded number of prototypes. */
class RelationsGoldenTest {

    static List<String> files() {
        return Golden.names("sp_na_K");
    }

    @ParameterizedTest
    @MethodSource("files")
    void softWeightsAndThresholdMatch(String file) {
        on(file, batch -> {
            batch.golden.assertClose("weight", batch.weights().squeeze(1), 1e-5);
            double threshold = batch.golden.scalar("weight_threshold");
            NDArray mass = ThresholdSampling.threshold(batch.weights(), threshold);
            batch.golden.assertClose("weight_thresholded", mass.squeeze(1), 1e-5);
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void releasedSampleToPrototypeMatches(String file) {
        on(file, batch -> {
            batch.golden.assertLoss("sp_released_normal_term", batch.normalTerm());
            batch.golden.assertLoss("sp_released_abnormal_term", batch.abnormalTerm(Variant.RELEASED));
            batch.golden.assertLoss("sp_released", batch.sampleToPrototype(Variant.RELEASED));
            batch.golden.assertGradient(
                    "sp_released_grad_prototypes",
                    Differentiation.gradients(() -> batch.sampleToPrototype(Variant.RELEASED), batch.prototypes)[0]);
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void paperSampleToPrototypeMatches(String file) {
        on(file, batch -> {
            batch.golden.assertLoss("sp_paper_normal_term", batch.normalTerm());
            batch.golden.assertLoss("sp_paper_abnormal_term", batch.abnormalTerm(Variant.PAPER));
            batch.golden.assertLoss("sp_paper", batch.sampleToPrototype(Variant.PAPER));
            NDArray[] gradients = Differentiation.gradients(
                    () -> batch.sampleToPrototype(Variant.PAPER), batch.prototypes, batch.z);
            batch.golden.assertGradient("sp_paper_grad_prototypes", gradients[0]);
            batch.golden.assertGradient("sp_paper_grad_z", gradients[1]);
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void releasedNormalToAbnormalMatches(String file) {
        on(file, batch -> {
            batch.golden.assertLoss("na_released", batch.releasedMixes());
            batch.golden.assertLoss(
                    "total_released", batch.sampleToPrototype(Variant.RELEASED).add(batch.releasedMixes()));
            batch.golden.assertGradient(
                    "na_released_grad_z", Differentiation.gradients(batch::releasedMixes, batch.z)[0]);
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void paperNormalToAbnormalMatches(String file) {
        on(file, batch -> {
            batch.golden.assertLoss("na_paper", batch.paperPairs());
            batch.golden.assertGradient("na_paper_grad_z", Differentiation.gradients(batch::paperPairs, batch.z)[0]);
        });
    }

    private static void on(String file, Consumer<Batch> check) {
        try (Golden golden = Golden.read(file)) {
            check.accept(new Batch(golden, golden.get("z"), golden.get("prototypes")));
        }
    }

    /** The recorded batch, taken through the relations row list by row list. */
    private record Batch(Golden golden, NDArray z, NDArray prototypes) {

        NDArray normal() {
            return z.get(golden.index("normal_then_unlabeled"));
        }

        NDArray abnormal() {
            return z.get(golden.index("abnormal"));
        }

        NDArray nearest() {
            return SampleToPrototype.nearest(normal(), prototypes);
        }

        NDArray weights() {
            int[] states = golden.rows("state");
            long labeled = Arrays.stream(states).filter(s -> s == SampleState.LABELED_NORMAL.ordinal()).count();
            return SoftWeights.of(nearest(), labeled);
        }

        NDArray normalTerm() {
            return SampleToPrototype.normalTerm(nearest(), weights());
        }

        NDArray abnormalTerm(Variant variant) {
            return SampleToPrototype.abnormalTerm(abnormal(), prototypes, variant);
        }

        NDArray sampleToPrototype(Variant variant) {
            return normalTerm().add(abnormalTerm(variant));
        }

        NDArray releasedMixes() {
            return NormalToAbnormal.released(
                    normal(), abnormal(), mix("anchor"), mix("positive"), mix("negative"), golden.scalar("temperature"));
        }

        private Mix mix(String role) {
            return new Mix(golden.index(role + "_index"), golden.get(role + "_mix"));
        }

        NDArray paperPairs() {
            String first = ":" + z.getShape().get(0); // as many pairs as rows
            return NormalToAbnormal.paper(
                    normal(),
                    abnormal(),
                    golden.index("anchor_index").get(first),
                    golden.index("positive_index").get(first),
                    golden.scalar("temperature"));
        }
    }
}
