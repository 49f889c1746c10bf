package org.hscl.loss;

import static org.hscl.scenario.Label.ABNORMAL;
import static org.hscl.scenario.Label.NORMAL;
import static org.hscl.scenario.Label.UNLABELED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.stream.Stream;
import org.hscl.engine.ManagerTest;
import org.hscl.scenario.Label;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches that lack one kind of row: what is left is learned, and nothing turns into NaN. */
class EmptySetsTest extends ManagerTest {

    private static final LossConfig PAPER = LossConfig.defaults();
    private static final LossConfig RELEASED = LossConfig.released();

    static Stream<Arguments> batches() {
        List<List<Label>> batches = List.of(
                List.of(NORMAL, UNLABELED, UNLABELED),
                List.of(UNLABELED, UNLABELED, ABNORMAL),
                List.of(NORMAL, ABNORMAL),
                List.of(NORMAL),
                List.of(UNLABELED),
                List.of(ABNORMAL),
                List.of(ABNORMAL, ABNORMAL));
        return batches.stream().flatMap(labels -> Stream.of(PAPER, RELEASED).map(config -> Arguments.of(labels, config)));
    }

    @ParameterizedTest
    @MethodSource("batches")
    void everyBatchHasAFiniteLossAndGradients(List<Label> labels, LossConfig config) {
        LossBatch batch = LossBatch.of(manager, labels.toArray(Label[]::new));
        Differentiation.assertFinite(
                () -> batch.terms(config).total(), batch.z(), batch.prototypes(), batch.logits());
    }

    @ParameterizedTest
    @MethodSource("batches")
    void termsWithoutTheirRowsAreLeftOut(List<Label> labels, LossConfig config) {
        HsclLoss.Values terms = LossBatch.of(manager, labels.toArray(Label[]::new)).terms(config);
        boolean bothKinds = labels.contains(NORMAL) && labels.contains(ABNORMAL);
        boolean pulls = labels.contains(NORMAL) || labels.contains(UNLABELED);
        boolean pushes = pulls && labels.contains(ABNORMAL);
        boolean paper = config.variant() == Variant.PAPER;
        assertTrue(terms.get(SampleToSample.NAME).getDouble() > 0);
        assertEquals(paper || bothKinds, terms.get(SampleToPrototype.NAME).getDouble() > 0, "sample to prototype");
        assertEquals(paper ? pushes : bothKinds, terms.get(NormalToAbnormal.NAME).getDouble() > 0, "normal to abnormal");
    }

    @Test
    void withoutAbnormalRowsOnlyTheFirstPartOfSampleToPrototypeIsLeft() {
        LossBatch batch = LossBatch.of(manager, UNLABELED, NORMAL);
        NDArray normal = NDArrays.concat(
                new NDList(batch.rowsOf(NORMAL, PAPER.rows()), batch.rowsOf(UNLABELED, PAPER.rows())));
        double expected =
                NaiveLosses.normalTerm(RandomRows.values(normal), RandomRows.values(batch.prototypes()), 2);
        assertEquals(expected, batch.terms(PAPER).get(SampleToPrototype.NAME).getDouble(), 1e-12);
    }

    @Test
    void withAbnormalRowsAloneOnlyTheSecondPartIsLeft() {
        LossBatch batch = LossBatch.of(manager, ABNORMAL);
        double expected = NaiveLosses.abnormalTerm(
                RandomRows.values(batch.rowsOf(ABNORMAL, PAPER.rows())), RandomRows.values(batch.prototypes()), Variant.PAPER);
        assertEquals(expected, batch.terms(PAPER).get(SampleToPrototype.NAME).getDouble(), 1e-12);
    }

    @Test
    void whereNoRowPassesTheThresholdNormalToAbnormalIsSkipped() {
        LossBatch random = LossBatch.of(manager, UNLABELED, ABNORMAL);
        NDArray away = random.prototypes().sum(new int[] {1}).neg(); // far from every prototype
        LossBatch batch = random.withRows(random.z().mul(1e-3).add(away));
        LossConfig strict = PAPER.withThreshold(0.9);
        assertEquals(0, batch.terms(strict).get(NormalToAbnormal.NAME).getDouble());
        assertTrue(batch.terms(strict).get(SampleToPrototype.NAME).getDouble() > 0);
        NDArray gradient = Differentiation.gradients(() -> batch.terms(strict).get(NormalToAbnormal.NAME), batch.z())[0];
        assertEquals(0, gradient.abs().max().getDouble());
    }
}
