package org.hscl.data;

import static org.hscl.data.Fixtures.assertSentence;
import static org.hscl.data.Fixtures.picture;
import static org.hscl.data.Fixtures.save;
import static org.hscl.data.Fixtures.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {

    /** 8×6 pixels of (200, 100, 50), lossless. */
    private static final String WEBP = "UklGRiIAAABXRUJQVlA4TBYAAAAvB0ABAAdQsiJXpv8BgCD8b5uI6H8I";
    /** 4×4 pixels of that colour, from a palette. */
    private static final String GIF = "R0lGODdhBAAEAIEAAMhkMgAAAAAAAAAAACwAAAAABAAEAAAICQABCBxIsCCAgAA7";
    /** The 8×6 pixels in CMYK with Adobe's marker. */
    private static final String CMYK_JPEG =
            "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwLC"
                + "gwJCgoK/8AAFAgABgAIBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNR"
                + "YQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Sl"
                + "pqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD9IK8Pr8x6/fyv/9k=";
    /** 16×8 pixels, left half red, right half blue, with the note that the camera was turned (Exif orientation 6). */
    private static final String TURNED_JPEG =
            "/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoH"
                + "BwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU"
                + "FBQUFBQUFBQUFBQUFBT/wAARCAAIABADAREAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAABwj/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAA"
                + "AAAACQf/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCdEMKmAjjB0f/Z";

    @TempDir
    Path folder;

    private static void assertColour(Planes read, int red, int green, int blue) {
        int[] expected = {red, green, blue};
        for (int c = 0; c < 3; c++) {
            for (byte value : read.values()[c]) {
                assertEquals(expected[c], value & 0xFF, 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tif"})
    void losslessFormatsKeepEveryPixel(String format) {
        Planes read = ImageFile.read(picture(folder.resolve("a." + format), 7, 5, 77));
        assertEquals(List.of(7, 5), List.of(read.width(), read.height()));
        for (int i = 0; i < 35; i++) {
            assertEquals(10 * (i % 7), read.values()[0][i]);
            assertEquals(10 * (i / 7), read.values()[1][i]);
            assertEquals(77, read.values()[2][i]);
        }
    }

    @Test
    void webpAndCmykJpegGiveTheirColours() {
        assertColour(
                ImageFile.read(
                        write(folder.resolve("a.webp"), Base64.getDecoder().decode(WEBP))),
                200,
                100,
                50);
        assertColour(
                ImageFile.read(
                        write(folder.resolve("a.jpg"), Base64.getDecoder().decode(CMYK_JPEG))),
                200,
                100,
                50);
    }

    @Test
    void theCamerasOrientationIsApplied() {
        Planes read = ImageFile.read(
                write(folder.resolve("a.jpg"), Base64.getDecoder().decode(TURNED_JPEG)));
        assertEquals(List.of(8, 16), List.of(read.width(), read.height()));
        assertTrue((read.values()[0][0] & 0xFF) > 200, "red is at the top");
        assertTrue((read.values()[2][8 * 16 - 1] & 0xFF) > 200, "blue is at the bottom");
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
    void grayIsTakenAsItIsStored(int type) {
        BufferedImage gray = new BufferedImage(4, 4, type);
        int stored = type == BufferedImage.TYPE_BYTE_GRAY ? 100 : 100 * 257;
        for (int i = 0; i < 16; i++) {
            gray.getRaster().setSample(i % 4, i / 4, 0, stored);
        }
        assertColour(ImageFile.read(save(folder.resolve("gray.png"), gray)), 100, 100, 100);
    }

    @Test
    void palettesAreLookedUp() {
        BufferedImage palette = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_INDEXED);
        for (int i = 0; i < 16; i++) {
            palette.setRGB(i % 4, i / 4, 0xFFFF9933); // in the palette of this type
        }
        assertColour(ImageFile.read(save(folder.resolve("palette.png"), palette)), 0xFF, 0x99, 0x33);
        assertColour(
                ImageFile.read(
                        write(folder.resolve("a.gif"), Base64.getDecoder().decode(GIF))),
                200,
                100,
                50);
    }

    @Test
    void transparentPixelsLieOnWhite() {
        BufferedImage glass = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 16; i++) {
            glass.setRGB(i % 4, i / 4, 0x80C86432);
        }
        assertColour(ImageFile.read(save(folder.resolve("glass.png"), glass)), 227, 177, 152);
    }

    @Test
    void badFilesAreNamed() throws IOException {
        Path good = picture(folder.resolve("good.png"), 60, 60, 1);
        byte[] bytes = Files.readAllBytes(good);
        Path bad = folder.resolve("bad.png");
        assertSentence(() -> ImageFile.read(bad), bad);
        for (byte[] content : List.of(
                new byte[0],
                "no picture".getBytes(),
                Arrays.copyOf(bytes, bytes.length / 2),
                Arrays.copyOf(bytes, 20))) {
            write(bad, content);
            assertSentence(() -> ImageFile.read(bad), bad, "remove");
        }
        assertSentence(() -> ImageFile.read(folder), folder);
    }

    @Test
    void decompressionBombsAreRefusedByTheirHeader() throws IOException {
        Path bomb = picture(folder.resolve("bomb.png"), 8, 8, 1);
        byte[] bytes = Files.readAllBytes(bomb);
        ByteBuffer.wrap(bytes).putInt(16, 50_000).putInt(20, 50_000);
        CRC32 sum = new CRC32();
        sum.update(bytes, 12, 17);
        ByteBuffer.wrap(bytes).putInt(29, (int) sum.getValue());
        write(bomb, bytes);
        assertSentence(() -> ImageFile.read(bomb), bomb, "50000 × 50000");
    }

    @Test
    void cropKeepsTheMiddleAndStretchKeepsAll() {
        Planes wide = ImageFile.read(picture(folder.resolve("wide.png"), 25, 5, 0));
        byte[] middle = wide.square(5, Fit.CROP).values()[0];
        assertArrayEquals(new byte[] {100, 110, 120, (byte) 130, (byte) 140}, Arrays.copyOf(middle, 5));
        byte[] stretched = wide.square(5, Fit.STRETCH).values()[0];
        assertTrue((stretched[0] & 0xFF) < 40 && (stretched[4] & 0xFF) > 200, Arrays.toString(stretched));
    }
}
