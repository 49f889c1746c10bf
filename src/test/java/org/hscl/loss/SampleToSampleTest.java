package org.hscl.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.hscl.engine.ManagerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleToSampleTest extends ManagerTest {

    private NDArray rows(int count) {
        return RandomRows.normal(manager, count, 5, count);
    }

    @ParameterizedTest
    @CsvSource({"2, 0.5", "6, 0.5", "14, 0.1", "32, 2"})
    void equalsTheDoubleLoop(int rows, double temperature) {
        NDArray z = rows(rows);
        double naive = NaiveLosses.sampleToSample(RandomRows.values(z), temperature);
        assertEquals(naive, SampleToSample.loss(z, temperature).getDouble(), 1e-12);
    }

    @Test
    void gradientEqualsFiniteDifferences() {
        Differentiation.assertMatchesFiniteDifferences(z -> SampleToSample.loss(z, 0.5), rows(8));
    }

    @Test
    void identicalRowsGiveTheLogarithmOfTheOthers() {
        NDArray z = manager.ones(new ai.djl.ndarray.types.Shape(10, 4), DataType.FLOAT64);
        assertEquals(Math.log(9), SampleToSample.loss(z, 0.5).getDouble(), 1e-12);
    }

    @Test
    void orthogonalImagesWithEqualViewsHaveAClosedForm() {
        NDArray z = RandomRows.axes(manager, 4, 0, 1, 2, 0, 1, 2);
        double expected = Math.log(Math.exp(1 / 0.5) + 4) - 1 / 0.5;
        assertEquals(expected, SampleToSample.loss(z, 0.5).getDouble(), 1e-12);
    }

    @Test
    void orderOfViewsAndOfImagesDoesNotMatter() {
        NDArray z = rows(6);
        double loss = SampleToSample.loss(z, 0.5).getDouble();
        NDArray swapped = z.get(RandomRows.index(manager, 3, 4, 5, 0, 1, 2));
        NDArray permuted = z.get(RandomRows.index(manager, 2, 0, 1, 5, 3, 4));
        assertEquals(loss, SampleToSample.loss(swapped, 0.5).getDouble(), 1e-12);
        assertEquals(loss, SampleToSample.loss(permuted, 0.5).getDouble(), 1e-12);
    }

    @Test
    void lengthOfRowsDoesNotMatter() {
        NDArray z = rows(6);
        double loss = SampleToSample.loss(z, 0.5).getDouble();
        assertEquals(loss, SampleToSample.loss(z.mul(37), 0.5).getDouble(), 1e-12);
    }

    @Test
    void smallTemperatureStaysFinite() {
        NDArray z = rows(8).toType(DataType.FLOAT32, true);
        double naive = NaiveLosses.sampleToSample(RandomRows.values(z.toType(DataType.FLOAT64, true)), 0.01);
        assertEquals(naive, SampleToSample.loss(z, 0.01).getFloat(), 1e-4 * naive);
        Differentiation.assertFinite(() -> SampleToSample.loss(z, 0.01), z);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void identicalRowsStayFinite(int value) {
        NDArray z = manager.ones(new ai.djl.ndarray.types.Shape(4, 3)).mul(value);
        Differentiation.assertFinite(() -> SampleToSample.loss(z, 0.01), z);
    }

    @Test
    void wrongInputsAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> SampleToSample.loss(rows(3), 0.5));
        assertThrows(IllegalArgumentException.class, () -> SampleToSample.loss(rows(4).flatten(), 0.5));
        assertThrows(IllegalArgumentException.class, () -> SampleToSample.loss(rows(4), 0));
        assertThrows(IllegalArgumentException.class, () -> SampleToSample.loss(rows(4), Double.NaN));
        assertThrows(NotFiniteException.class, () -> SampleToSample.loss(rows(4).mul(Double.NaN), 0.5));
    }
}
