package org.hscl.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.hscl.engine.ManagerTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SampleToPrototypeTest extends ManagerTest {

    private static final int LABELED = 3;

    private NDArray z;

    @BeforeEach
    void open() {
        z = RandomRows.normal(manager, 9, 5, 1);
    }

    private NDArray prototypes(int count) {
        return RandomRows.normal(manager, 5, count, 100 + count);
    }

    private static NDArray normalTerm(NDArray rows, NDArray prototypes) {
        NDArray nearest = SampleToPrototype.nearest(rows, prototypes);
        return SampleToPrototype.normalTerm(nearest, SoftWeights.of(nearest, LABELED));
    }

    @ParameterizedTest
    @CsvSource({"1, PAPER", "3, PAPER", "8, PAPER", "1, RELEASED", "3, RELEASED", "8, RELEASED"})
    void bothPartsEqualTheDoubleLoop(int count, Variant variant) {
        NDArray p = prototypes(count);
        double[][] rows = RandomRows.values(z);
        double[][] columns = RandomRows.values(p);
        assertEquals(NaiveLosses.normalTerm(rows, columns, LABELED), normalTerm(z, p).getDouble(), 1e-12);
        assertEquals(
                NaiveLosses.abnormalTerm(rows, columns, variant),
                SampleToPrototype.abnormalTerm(z, p, variant).getDouble(),
                1e-12);
    }

    @Test
    void weightsAreOneForLabeledNormalsAndSoftForTheRest() {
        NDArray p = prototypes(3);
        double[] weights = SoftWeights.of(SampleToPrototype.nearest(z, p), LABELED).toDoubleArray();
        for (int i = 0; i < weights.length; i++) {
            double naive = NaiveLosses.weight(RandomRows.values(z)[i], RandomRows.values(p), i < LABELED);
            assertEquals(naive, weights[i], 1e-12);
            assertTrue(weights[i] >= 0 && weights[i] <= 1);
        }
    }

    @Test
    void weightsAreConstantsForTheGradient() {
        NDArray p = prototypes(2);
        NDArray gradient = Differentiation.gradients(
                () -> SoftWeights.of(SampleToPrototype.nearest(z, p), LABELED).sum(), z)[0];
        assertEquals(0, gradient.abs().max().getDouble());
    }

    @Test
    void gradientOfTheFirstPartEqualsFiniteDifferencesWithFixedWeights() {
        NDArray p = prototypes(3);
        NDArray weights = SoftWeights.of(SampleToPrototype.nearest(z, p), LABELED);
        Differentiation.assertMatchesFiniteDifferences(
                rows -> SampleToPrototype.normalTerm(SampleToPrototype.nearest(rows, p), weights), z);
        Differentiation.assertMatchesFiniteDifferences(
                columns -> SampleToPrototype.normalTerm(SampleToPrototype.nearest(z, columns), weights), p);
        NDArray whole = Differentiation.gradients(() -> normalTerm(z, p), z)[0];
        NDArray fixed = Differentiation.gradients(
                () -> SampleToPrototype.normalTerm(SampleToPrototype.nearest(z, p), weights), z)[0];
        assertEquals(0, whole.sub(fixed).abs().max().getDouble());
    }

    @ParameterizedTest
    @EnumSource
    void gradientOfTheSecondPartEqualsFiniteDifferences(Variant variant) {
        NDArray p = prototypes(3);
        Differentiation.assertMatchesFiniteDifferences(rows -> SampleToPrototype.abnormalTerm(rows, p, variant), z);
        Differentiation.assertMatchesFiniteDifferences(columns -> SampleToPrototype.abnormalTerm(z, columns, variant), p);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 4", "0, 0, 1", "-1, 0, 0"})
    void abnormalRowsCostByTheirCosine(int cosine, double paper, double released) {
        NDArray p = RandomRows.axes(manager, 3, 0).transpose();
        NDArray rows = RandomRows.axes(manager, 3, cosine == 0 ? 1 : 0).mul(cosine == 0 ? 5 : cosine);
        assertEquals(paper, SampleToPrototype.abnormalTerm(rows, p, Variant.PAPER).getDouble(), 1e-12);
        assertEquals(released, SampleToPrototype.abnormalTerm(rows, p, Variant.RELEASED).getDouble(), 1e-12);
    }

    @Test
    void rowsAtTheirPrototypeCostNothing() {
        NDArray p = RandomRows.axes(manager, 5, 0, 2).transpose();
        assertEquals(0, normalTerm(RandomRows.axes(manager, 5, 2, 0, 0, 2), p).getDouble(), 1e-12);
    }

    @Test
    void orderOfRowsAndOfPrototypesDoesNotMatter() {
        NDArray p = prototypes(3);
        NDArray swapped = p.flip(1);
        NDArray permuted = z.get(RandomRows.index(manager, 1, 2, 0, 8, 7, 6, 5, 4, 3)); // labeled rows stay in front
        assertEquals(normalTerm(z, p).getDouble(), normalTerm(permuted, swapped).getDouble(), 1e-12);
    }

    @Test
    void identicalAndZeroRowsStayFinite() {
        NDArray p = prototypes(2).toType(DataType.FLOAT32, true);
        for (int value = 0; value < 2; value++) {
            NDArray rows = manager.ones(new Shape(4, 5)).mul(value);
            Differentiation.assertFinite(() -> normalTerm(rows, p), rows, p);
            Differentiation.assertFinite(() -> SampleToPrototype.abnormalTerm(rows, p, Variant.PAPER), rows, p);
        }
    }

    @Test
    void wrongInputsAreNamed() {
        NDArray none = manager.zeros(new Shape(5, 0), DataType.FLOAT64); // K = 0
        assertThrows(IllegalArgumentException.class, () -> SampleToPrototype.nearest(z, none));
        assertThrows(IllegalArgumentException.class, () -> SampleToPrototype.nearest(z, prototypes(1).transpose()));
        assertThrows(NotFiniteException.class, () -> SampleToPrototype.nearest(z.mul(Double.NaN), prototypes(1)));
        assertThrows(NotFiniteException.class, () -> SampleToPrototype.nearest(z, prototypes(1).div(0)));
        NDArray nearest = SampleToPrototype.nearest(z, prototypes(1));
        assertThrows(IllegalArgumentException.class, () -> SoftWeights.of(nearest, 10));
        assertThrows(IllegalArgumentException.class, () -> SampleToPrototype.normalTerm(nearest, nearest.flatten()));
    }
}
