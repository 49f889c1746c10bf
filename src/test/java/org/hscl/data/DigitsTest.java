package org.hscl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DigitsTest {

    @Test
    void thirtyPercentOfEachClassTests() {
        TrainTest digits = DataSets.digits();
        int[] perClass = {178, 182, 177, 183, 181, 182, 181, 179, 174, 180};
        for (int label = 0; label < 10; label++) {
            int held = digits.test().rowsOf(label).length;
            assertEquals(Math.round(perClass[label] * 0.3), held);
            assertEquals(perClass[label] - held, digits.train().rowsOf(label).length);
        }
    }

    @Test
    void theDivisionIsAlwaysTheSame() {
        assertArrayEquals(
                DataSets.digits().test().pixels(), DataSets.digits().test().pixels());
        assertEquals(
                0,
                Duplicates.between(DataSets.digits().train(), DataSets.digits().test())
                        .size());
    }

    @Test
    void valuesSpanTheBytesAndPlanesAreEqual() {
        ImageSet train = DataSets.digits().train();
        byte[] first = Arrays.copyOf(train.pixels(), 3072);
        assertArrayEquals(Arrays.copyOf(first, 1024), Arrays.copyOfRange(first, 2048, 3072));
        int brightest = 0;
        for (byte value : train.pixels()) {
            brightest = Math.max(brightest, value & 0xFF);
        }
        assertEquals(255, brightest);
    }
}
