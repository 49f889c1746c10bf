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
import org.junit.jupiter.api.Test;

class ParcelTest extends ManagerTest {

    @Test
    void numbersComeOutInTheOrderInWhichTheyWerePut() {
        Numbers sent = new Parcel().put(0.5f, -1).put(true, false, true).put(7, 1 << 24).send(manager);
        assertArrayEquals(new float[] {0.5f, -1}, sent.next(manager, 2).toFloatArray());
        NDArray flags = sent.next(manager, 3, 1, 1);
        assertEquals(new Shape(3, 1, 1), flags.getShape());
        assertArrayEquals(new float[] {1, 0, 1}, flags.toFloatArray());
        assertArrayEquals(new long[] {7, 1 << 24}, sent.nextRows(manager, 2).toLongArray());
    }

    @Test
    void parcelsSentTogetherAreOpenedOneByOne() {
        Parcel many = new Parcel();
        for (int i = 0; i < 1000; i++) {
            many.put(new float[] {i});
        }
        List<Numbers> sent = Parcel.send(List.of(many, new Parcel(), new Parcel().put(5f)), manager);
        assertEquals(5, sent.get(2).next(manager, 1).getFloat(0));
        assertEquals(0, sent.get(1).nextRows(manager, 0).size());
        assertEquals(499_500, sent.get(0).next(manager, 1000).sum().getFloat());
    }

    @Test
    void aParcelGivesNoNumbersOfTheNext() {
        Numbers first = Parcel.send(List.of(new Parcel().put(1f, 2f), new Parcel().put(3f)), manager).get(0);
        first.next(manager, 1);
        var refused = assertThrows(IllegalStateException.class, () -> first.next(manager, 2));
        assertEquals("the parcel has 1 numbers left, and 2 are taken; put as many as are taken", refused.getMessage());
    }

    @Test
    void whatIsTakenBelongsToItsOwner() {
        Numbers sent = new Parcel().put(1f, 2f).send(manager);
        int before = manager.getManagedArrays().size();
        try (NDManager scratch = manager.newSubManager()) {
            sent.next(scratch, 1);
            sent.nextRows(scratch, 1);
            assertEquals(2, scratch.getManagedArrays().size());
        }
        assertEquals(before, manager.getManagedArrays().size());
    }

    @Test
    void rowNumbersThatFloatsCannotHoldAreRefused() {
        Parcel parcel = new Parcel();
        var refused = assertThrows(IllegalArgumentException.class, () -> parcel.put((1 << 24) + 1));
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
