package org.hscl.loss;

import static org.hscl.scenario.Label.ABNORMAL;
import static org.hscl.scenario.Label.NORMAL;
import static org.hscl.scenario.Label.UNLABELED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import org.hscl.engine.ManagerTest;
import org.hscl.loss.LossConfig.LossRows;
import org.hscl.model.Encoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HsclLossTest extends ManagerTest {

    private static final LossTerms ONLY_PROTOTYPES = new LossTerms(false, false, true, true, false);

    private LossBatch batch;

    @BeforeEach
    void open() {
        batch = LossBatch.of(manager, UNLABELED, NORMAL, ABNORMAL, UNLABELED, NORMAL);
    }

    @ParameterizedTest
    @EnumSource
    void totalIsTheWeightedSumOfItsTerms(Variant variant) {
        HsclLoss.Values terms = batch.terms(
                LossConfig.defaults().withVariant(variant).withPrototypeWeight(0.5).withAbnormalWeight(2));
        double expected = terms.get(SampleToSample.NAME).getDouble()
                + terms.get(ShiftClassification.NAME).getDouble()
                + 0.5 * terms.get(SampleToPrototype.NAME).getDouble()
                + 2 * terms.get(NormalToAbnormal.NAME).getDouble();
        assertEquals(expected, terms.total().getDouble(), 1e-12);
    }

    @Test
    void contrastAndShiftSeeAllRows() {
        HsclLoss.Values terms = batch.terms(LossConfig.defaults());
        int[] rotations = new int[40];
        for (int row = 0; row < 40; row++) {
            rotations[row] = row / 5 % 4;
        }
        assertEquals(
                NaiveLosses.sampleToSample(RandomRows.values(batch.z()), 0.5), terms.get(SampleToSample.NAME).getDouble(), 1e-12);
        assertEquals(
                NaiveLosses.crossEntropy(RandomRows.values(batch.logits()), rotations), terms.get(ShiftClassification.NAME).getDouble(), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"PAPER, UNROTATED", "PAPER, ALL", "RELEASED, UNROTATED", "RELEASED, ALL"})
    void sampleToPrototypeSeesTheChosenRows(Variant variant, LossRows rows) {
        NDArray labeled = batch.rowsOf(NORMAL, rows);
        NDArray normal = NDArrays.concat(new NDList(labeled, batch.rowsOf(UNLABELED, rows)));
        double[][] prototypes = RandomRows.values(batch.prototypes());
        double expected = NaiveLosses.normalTerm(RandomRows.values(normal), prototypes, (int) labeled.getShape().get(0))
                + NaiveLosses.abnormalTerm(RandomRows.values(batch.rowsOf(ABNORMAL, rows)), prototypes, variant);
        LossConfig config = LossConfig.defaults().withVariant(variant).withRows(rows);
        assertEquals(expected, batch.terms(config).get(SampleToPrototype.NAME).getDouble(), 1e-12);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNROTATED", "ALL"})
    void normalToAbnormalDrawsAsManyPairsAsTheBatchHasRows(LossRows rows) {
        RecordingSampler sampler = new RecordingSampler();
        LossConfig config = LossConfig.defaults().withRows(rows);
        double loss = batch.terms(config, sampler).get(NormalToAbnormal.NAME).getDouble();
        NDArray normal = NDArrays.concat(new NDList(batch.rowsOf(NORMAL, rows), batch.rowsOf(UNLABELED, rows)));
        int[] pairs = sampler.draws.get(0); // anchors, then positives
        assertEquals(2 * 40, pairs.length);
        double expected = NaiveLosses.paperPairs(
                RandomRows.values(normal),
                RandomRows.values(batch.rowsOf(ABNORMAL, rows)),
                Arrays.copyOf(pairs, 40),
                Arrays.copyOfRange(pairs, 40, 80),
                0.5);
        assertEquals(expected, loss, 1e-12);
    }

    @Test
    void withoutPrototypesEveryNormalAndUnlabeledRowIsDrawnAlike() {
        RecordingSampler sampler = new RecordingSampler();
        LossTerms terms = LossTerms.all().withoutPrototypes();
        HsclLoss.Values values = batch.terms(LossConfig.defaults().withTerms(terms), sampler);
        assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1, 1, 1}, sampler.masses.get(0)); // 2 views of 4 images
        assertEquals(0, values.get(SampleToPrototype.NAME).getDouble());
        assertTrue(values.get(NormalToAbnormal.NAME).getDouble() > 0);
    }

    @Test
    void eachTermOfTable5CanBeSwitchedOff() {
        HsclLoss.Values full = batch.terms(LossConfig.defaults());
        assertOff(LossTerms.all().withoutSampleToSample(), true, true, false, false, full);
        assertOff(LossTerms.all().withoutShift(), false, true, false, false, full);
        assertOff(LossTerms.all().withoutNormalToAbnormal(), false, false, false, true, full);
        assertOff(LossTerms.contrastiveOnly(true), false, false, true, true, full);
        double positive = prototypeTerm(LossTerms.all().withoutPrototypeNegative());
        double negative = prototypeTerm(LossTerms.all().withoutPrototypePositive());
        assertEquals(full.get(SampleToPrototype.NAME).getDouble(), positive + negative, 1e-12);
        assertTrue(positive > 0 && negative > 0);
        assertThrows(IllegalArgumentException.class, () -> new LossTerms(false, false, false, false, false));
    }

    private double prototypeTerm(LossTerms terms) {
        return batch.terms(LossConfig.defaults().withTerms(terms)).get(SampleToPrototype.NAME).getDouble();
    }

    private void assertOff(
            LossTerms terms, boolean contrast, boolean shift, boolean prototype, boolean abnormal, HsclLoss.Values full) {
        HsclLoss.Values some = batch.terms(LossConfig.defaults().withTerms(terms));
        assertEquals(contrast ? 0 : full.get(SampleToSample.NAME).getDouble(), some.get(SampleToSample.NAME).getDouble());
        assertEquals(shift ? 0 : full.get(ShiftClassification.NAME).getDouble(), some.get(ShiftClassification.NAME).getDouble());
        assertEquals(prototype ? 0 : full.get(SampleToPrototype.NAME).getDouble(), some.get(SampleToPrototype.NAME).getDouble());
        assertEquals(abnormal ? 0 : full.get(NormalToAbnormal.NAME).getDouble(), some.get(NormalToAbnormal.NAME).getDouble());
    }

    @ParameterizedTest
    @EnumSource
    void onlyInThePaperDoRowsLearnFromSampleToPrototype(Variant variant) {
        LossConfig config = LossConfig.defaults().withVariant(variant).withTerms(ONLY_PROTOTYPES);
        NDArray[] gradients =
                Differentiation.gradients(() -> batch.terms(config).total(), batch.z(), batch.prototypes());
        double ofRows = gradients[0].abs().max().getDouble();
        assertTrue(variant == Variant.PAPER ? ofRows > 0 : ofRows == 0, "gradient of the rows: " + ofRows);
        assertTrue(gradients[1].abs().max().getDouble() > 0);
    }

    @ParameterizedTest
    @EnumSource
    void sameSeedGivesTheSameLoss(Variant variant) {
        LossConfig config = LossConfig.defaults().withVariant(variant);
        double loss = batch.terms(config).total().getDouble();
        assertEquals(loss, batch.terms(config).total().getDouble());
        assertNotEquals(
                loss, batch.terms(config, new SeededSampler(2)).total().getDouble());
    }

    @Test
    void wrongInputsAreNamed() {
        LossBatch short7 = batch.withRows(batch.z().get("1:"));
        assertThrows(IllegalArgumentException.class, () -> short7.terms(LossConfig.defaults()));
        Encoder.Output output = new Encoder.Output(short7.z(), short7.z(), batch.logits());
        BatchRows.OnDevice rows = BatchRows.of(batch.labels(), LossRows.ALL).send(manager);
        var failure = assertThrows(IllegalArgumentException.class, () -> new HsclLoss(LossConfig.defaults())
                .of(output, batch.prototypes(), rows, new SeededSampler(1)));
        assertEquals("39 rows; a batch has eight rows an image", failure.getMessage());
        LossBatch notFinite = batch.withRows(batch.z().mul(Double.NaN));
        assertThrows(NotFiniteException.class, () -> notFinite.terms(LossConfig.defaults()));
        assertThrows(IllegalArgumentException.class, () -> LossConfig.defaults().withTemperature(0));
        assertThrows(IllegalArgumentException.class, () -> LossConfig.defaults().withPrototypeWeight(-1));
        assertThrows(IllegalArgumentException.class, () -> LossConfig.defaults().withAbnormalWeight(Double.NaN));
    }
}
