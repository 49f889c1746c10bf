package org.hscl.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParcelTest extends ManagerTest {

    @Test
    void numbersAreTakenByTheirNamesInAnyOrder() {
        Numbers sent = new Parcel().put("shares", new float[] {0.5f}, new float[] {-1}).put("flags", new boolean[] {true, false, true})
                .put("rows", new int[] {7, 1 << 24}).send(manager);
        assertArrayEquals(new long[] {7, 1 << 24}, sent.takeRows("rows", manager, 2).toLongArray());
        NDArray flags = sent.take("flags", manager, 3, 1, 1);
        assertEquals(new Shape(3, 1, 1), flags.getShape());
        assertArrayEquals(new float[] {1, 0, 1}, flags.toFloatArray());
        assertEquals(0.5f, sent.take("shares", manager, 1).getFloat(0));
        assertEquals(Set.of("shares"), sent.left());
        assertEquals(-1, sent.take("shares", manager, 1).getFloat(0), "the next one");
        assertEquals(Set.of(), sent.left());
    }

    @Test
    void parcelsSentTogetherAreOpenedOneByOne() {
        Parcel many = new Parcel();
        for (int i = 0; i < 1000; i++) {
            many.put("number " + i, new float[] {i});
        }
        List<Numbers> sent = Parcel.send(List.of(many, new Parcel().put("nothing", new int[0]), new Parcel().put("one", new float[] {5})), manager);
        assertEquals(5, sent.get(2).take("one", manager, 1).getFloat(0));
        assertEquals(0, sent.get(1).takeRows("nothing", manager, 0).size());
        assertEquals(999, sent.get(0).take("number 999", manager, 1).getFloat(0));
    }

    @Test
    void aDrawIsTakenOnceAndAParcelGivesNoNumbersOfTheNext() {
        Numbers first = Parcel.send(List.of(new Parcel().put("draw", new float[] {1, 2}), new Parcel().put("draw", new float[] {3})), manager).get(0);
        first.take("draw", manager, 1);
        var refused = assertThrows(IllegalStateException.class, () -> first.take("draw", manager, 2));
        assertEquals("the parcel has 1 numbers 'draw' left, and 2 are taken; put as many as are taken", refused.getMessage());
        refused = assertThrows(IllegalStateException.class, () -> first.take("drawn", manager, 1));
        assertEquals("the parcel has no 'drawn'; put what is taken: it has [draw]", refused.getMessage());
    }

    @Test
    void twoKindsOfNumbersMayNotShareAName() {
        Parcel parcel = new Parcel().put("draw", new float[] {1});
        var refused = assertThrows(IllegalArgumentException.class, () -> parcel.put("draw", new int[] {2}));
        assertEquals("the parcel has 'draw' already; give each kind of numbers a name of its own", refused.getMessage());
    }

    @Test
    void whatIsTakenBelongsToItsOwner() {
        Numbers sent = new Parcel().put("draw", new float[] {1, 2}).send(manager);
        int before = manager.getManagedArrays().size();
        try (NDManager scratch = manager.newSubManager()) {
            sent.take("draw", scratch, 1);
            sent.takeRows("draw", scratch, 1);
            assertEquals(2, scratch.getManagedArrays().size());
        }
        assertEquals(before, manager.getManagedArrays().size());
    }

    @Test
    void rowNumbersThatFloatsCannotHoldAreRefused() {
        Parcel parcel = new Parcel();
        var refused = assertThrows(IllegalArgumentException.class, () -> parcel.put("rows", new int[] {(1 << 24) + 1}));
        assertTrue(refused.getMessage().startsWith("row number 16777217"), refused.getMessage());
    }

    @Test
    void scalarsHaveTheTypeOfTheirArrayAndAllItsDigits() {
        NDArray wide = manager.zeros(new Shape(2), DataType.FLOAT64);
        assertEquals(0.1, Scalar.of(wide, 0.1).getDouble(), 1e-16);
        assertEquals(DataType.INT64, Scalar.of(manager.create(new long[] {1}), 3).getDataType());
        assertEquals(0.1f, Scalar.of(manager.zeros(new Shape(2)), 0.1).getFloat());
    }

    @Test
    void unitClampsToZeroAndOne() {
        NDArray x = manager.create(new float[] {-2, 0, 0.25f, 1, 3});
        assertArrayEquals(new float[] {0, 0, 0.25f, 1, 1}, Scalar.unit(x).toFloatArray());
    }
}
