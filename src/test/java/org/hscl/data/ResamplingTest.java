package org.hscl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResamplingTest {

    /** Five rows of seven: (37·x + 91·y) mod 256. */
    private static final byte[] PLANE = new byte[35];

    static {
        for (int i = 0; i < PLANE.length; i++) {
            PLANE[i] = (byte) (37 * (i % 7) + 91 * (i / 7));
        }
    }

    private static void assertValues(byte[] actual, String expected) {
        int[] values = new int[actual.length];
        Arrays.setAll(values, i -> actual[i] & 0xFF);
        assertArrayEquals(
                Stream.of(expected.strip().split("\\s+"))
                        .mapToInt(Integer::parseInt)
                        .toArray(),
                values);
    }

    @Test
    void shrinkingGivesPillowsValues() {
        assertValues(Resampling.resize(PLANE, 7, 5, 3, 2), "99 129 129 106 118 128");
    }

    @Test
    void enlargingGivesPillowsValues() {
        String expected =
                """
                  0  25  53  82 111 140 169 197 222
                 68  93 121 150 179 208 130  73  98
                144 169 131  77 106 135 104  85 110
                113 138 100  46  75 104 133 161 186
                 40  65  93 122 151 130 145 173 198
                108 133 161 190 219  49  21  49  74
                """;
        assertValues(Resampling.resize(PLANE, 7, 5, 9, 6), expected);
    }

    @Test
    void theSameSizeChangesNothing() {
        assertArrayEquals(PLANE, Resampling.resize(PLANE, 7, 5, 7, 5));
    }

    @Test
    void shrinkingCountsEverySourcePixel() {
        byte[] stripes = new byte[64 * 64];
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = (byte) (i % 2 == 0 ? 0 : 200);
        }
        for (byte value : Resampling.resize(stripes, 64, 64, 8, 8)) {
            assertEquals(100, value, 5);
        }
    }
}
