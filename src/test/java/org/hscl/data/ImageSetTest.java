package org.hscl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImageSetTest {

    private static ImageSet onePixel(int... reds) {
        byte[] pixels = new byte[3 * reds.length];
        for (int i = 0; i < reds.length; i++) {
            pixels[3 * i] = (byte) reds[i];
        }
        return new ImageSet("reds", "test", 1, pixels, new int[reds.length], List.of("red", "green"));
    }

    @Test
    void duplicatesAreFoundByTheirPixels() {
        assertEquals(List.of(new Duplicates.Pair(1, 2)), Duplicates.between(onePixel(1, 2, 3), onePixel(4, 3, 5)));
        List<String> notes = Duplicates.notes(onePixel(1, 2, 3), onePixel(4, 3, 3));
        assertTrue(notes.get(0).startsWith("2 of 3 test images"), notes.toString());
        assertEquals(List.of(), Duplicates.notes(onePixel(1, 2), onePixel(3)));
    }

    @Test
    void pooledSetsKeepTheirImagesAndGetTheirClass() {
        ImageSet pooled =
                ImageSet.pooled("all", List.of(onePixel(1, 2), onePixel(3)), List.of("first", "second"), 0, 1);
        assertArrayEquals(new int[] {0, 0, 1}, pooled.labels());
        assertEquals(3, pooled.pixels()[6]);
    }

    @Test
    void imagesOfSomeClassesKeepTheirOrderAndNumbers() {
        ImageSet digits = DataSets.digits().test();
        ImageSet some = digits.ofClasses("7", "3");
        assertEquals(digits.classOfEach().stream().filter(List.of("3", "7")::contains).toList(), some.classOfEach());
        assertEquals(digits.rowsOf(7).length, some.rowsOf(7).length);
        assertThrows(IllegalArgumentException.class, () -> digits.ofClasses("ten"));
    }

    @Test
    void classesAreFoundByNameOrNumber() {
        assertEquals(1, onePixel(1).classIndex("GREEN"));
        assertEquals(1, onePixel(1).classIndex("1"));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> onePixel(1).classIndex("blue"))
                .getMessage();
        assertTrue(message.contains("blue") && message.contains("red, green"), message);
    }

    @Test
    void arraysThatDoNotFitAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ImageSet("a", "b", 2, new byte[11], new int[1], List.of("c")));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ImageSet("a", "b", 1, new byte[3], new int[] {1}, List.of("c")));
    }
}
