package org.hscl.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.hscl.engine.ManagerTest;
import org.hscl.loss.NormalToAbnormal.Mix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalToAbnormalTest extends ManagerTest {

    private static final int DRAWS = 12;
    private static final int[] ANCHORS = RandomRows.draws(DRAWS, 7, 1);
    private static final int[] POSITIVES = RandomRows.draws(DRAWS, 7, 2);

    private NDArray normal;
    private NDArray abnormal;

    @BeforeEach
    void open() {
        normal = RandomRows.normal(manager, 7, 5, 1);
        abnormal = RandomRows.normal(manager, 4, 5, 2);
    }

    private NDArray paper(NDArray normalRows, NDArray abnormalRows, double temperature) {
        return NormalToAbnormal.paper(
                normalRows,
                abnormalRows,
                RandomRows.index(manager, ANCHORS),
                RandomRows.index(manager, POSITIVES),
                temperature);
    }

    private NDArray released(NDArray normalRows, NDArray abnormalRows, double temperature) {
        int bound = (int) abnormalRows.getShape().get(0);
        return NormalToAbnormal.released(
                normalRows, abnormalRows, mix(7, 1), mix(7, 2), mix(bound, 3), temperature);
    }

    private Mix mix(int bound, long seed) {
        return new Mix(
                RandomRows.index(manager, RandomRows.draws(2 * DRAWS, bound, seed)),
                RandomRows.uniform(manager, DRAWS, 2, seed));
    }

    private double[][] naiveMix(NDArray rows, int bound, long seed) {
        return NaiveLosses.mixes(
                RandomRows.values(rows),
                RandomRows.draws(2 * DRAWS, bound, seed),
                RandomRows.values(RandomRows.uniform(manager, DRAWS, 2, seed)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 2})
    void paperFormEqualsTheDoubleLoop(double temperature) {
        double naive = NaiveLosses.paperPairs(
                RandomRows.values(normal), RandomRows.values(abnormal), ANCHORS, POSITIVES, temperature);
        assertEquals(naive, paper(normal, abnormal, temperature).getDouble(), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 2})
    void releasedFormEqualsTheLoop(double temperature) {
        double naive = NaiveLosses.releasedMixes(
                naiveMix(normal, 7, 1), naiveMix(normal, 7, 2), naiveMix(abnormal, 4, 3), temperature);
        assertEquals(naive, released(normal, abnormal, temperature).getDouble(), 1e-12);
    }

    @Test
    void gradientsEqualFiniteDifferences() {
        Differentiation.assertMatchesFiniteDifferences(rows -> paper(rows, abnormal, 0.5), normal);
        Differentiation.assertMatchesFiniteDifferences(rows -> paper(normal, rows, 0.5), abnormal);
        Differentiation.assertMatchesFiniteDifferences(rows -> released(rows, abnormal, 0.5), normal);
        Differentiation.assertMatchesFiniteDifferences(rows -> released(normal, rows, 0.5), abnormal);
    }

    @Test
    void identicalRowsCountThemselves() {
        NDArray same = manager.ones(new Shape(7, 5), DataType.FLOAT64);
        assertEquals(Math.log(5), paper(same, same.get(":4"), 0.5).getDouble(), 1e-12);
        assertEquals(Math.log(2), released(same, same.get(":4"), 0.5).getDouble(), 1e-12);
    }

    @Test
    void orthogonalAbnormalRowsHaveAClosedForm() {
        NDArray same = RandomRows.axes(manager, 5, 0, 0, 0, 0, 0, 0, 0);
        NDArray orthogonal = RandomRows.axes(manager, 5, 1, 2, 3, 4);
        assertEquals(Math.log(1 + 4 * Math.exp(-2)), paper(same, orthogonal, 0.5).getDouble(), 1e-12);
        assertEquals(Math.log(1 + Math.exp(-2)), released(same, orthogonal, 0.5).getDouble(), 1e-12);
    }

    @Test
    void orderOfAbnormalRowsDoesNotMatterToThePaperForm() {
        assertEquals(paper(normal, abnormal, 0.5).getDouble(), paper(normal, abnormal.flip(0), 0.5).getDouble(), 1e-12);
    }

    @Test
    void smallTemperatureAndIdenticalRowsStayFinite() {
        NDArray close = normal.toType(DataType.FLOAT32, true);
        NDArray far = abnormal.toType(DataType.FLOAT32, true);
        Differentiation.assertFinite(() -> paper(close, far, 0.01), close, far);
        Differentiation.assertFinite(() -> released(close, far, 0.01), close, far);
        NDArray same = manager.ones(new Shape(7, 5));
        Differentiation.assertFinite(() -> paper(same, same, 0.01), same);
        Differentiation.assertFinite(() -> released(same, same, 0.01), same);
    }

    @Test
    void wrongInputsAreNamed() {
        NDArray narrow = abnormal.get(":, 1:");
        assertThrows(IllegalArgumentException.class, () -> paper(normal, narrow, 0.5));
        assertThrows(IllegalArgumentException.class, () -> released(normal, narrow, 0.5));
        assertThrows(IllegalArgumentException.class, () -> paper(normal, abnormal, -1));
        assertThrows(NotFiniteException.class, () -> paper(normal, abnormal.div(0), 0.5));
        NDArray index = RandomRows.index(manager, ANCHORS);
        assertThrows(
                IllegalArgumentException.class,
                () -> NormalToAbnormal.paper(normal, abnormal, index, index.get("1:"), 0.5));
    }
}
