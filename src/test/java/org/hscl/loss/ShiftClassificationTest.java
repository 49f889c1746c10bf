package org.hscl.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.hscl.engine.ManagerTest;
import org.junit.jupiter.api.Test;

class ShiftClassificationTest extends ManagerTest {

    private static final int[] ROTATIONS = {0, 1, 2, 3, 3, 0};

    private NDArray loss(NDArray logits) {
        return ShiftClassification.loss(logits, RandomRows.index(manager, ROTATIONS));
    }

    private NDArray logits() {
        return RandomRows.normal(manager, ROTATIONS.length, 4, 1).mul(3);
    }

    @Test
    void equalsTheLoop() {
        double naive = NaiveLosses.crossEntropy(RandomRows.values(logits()), ROTATIONS);
        assertEquals(naive, loss(logits()).getDouble(), 1e-12);
    }

    @Test
    void gradientEqualsFiniteDifferences() {
        Differentiation.assertMatchesFiniteDifferences(this::loss, logits());
    }

    @Test
    void equalLogitsGiveTheLogarithmOfFour() {
        assertEquals(Math.log(4), loss(manager.zeros(new Shape(6, 4), DataType.FLOAT64)).getDouble(), 1e-12);
    }

    @Test
    void largeLogitsStayFinite() {
        NDArray logits = logits().mul(1e4).toType(DataType.FLOAT32, true);
        Differentiation.assertFinite(() -> loss(logits), logits);
    }

    @Test
    void wrongInputsAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> loss(logits().get("1:")));
        assertThrows(IllegalArgumentException.class, () -> loss(logits().flatten()));
        assertThrows(NotFiniteException.class, () -> loss(logits().div(0)));
    }
}
