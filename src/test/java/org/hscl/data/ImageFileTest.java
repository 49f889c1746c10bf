package org.hscl.data;

import static org.hscl.data.Fixtures.assertSentence;
import static org.hscl.data.Fixtures.picture;
import static org.hscl.data.Fixtures.save;
import static org.hscl.data.Fixtures.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {

    /** 8×6 pixels of (200, 100, 50), lossless. */
    static final String WEBP = "UklGRiIAAABXRUJQVlA4TBYAAAAvB0ABAAdQsiJXpv8BgCD8b5uI6H8I";
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

    private static Planes read(Path file) {
        return ImageFile.read(file).planes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tif"})
    void losslessFormatsKeepEveryPixel(String format) {
        Planes read = read(picture(folder.resolve("a." + format), 7, 5, 77));
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
                read(
                        write(folder.resolve("a.webp"), Base64.getDecoder().decode(WEBP))),
                200,
                100,
                50);
        assertColour(
                read(
                        write(folder.resolve("a.jpg"), Base64.getDecoder().decode(CMYK_JPEG))),
                200,
                100,
                50);
    }

    @Test
    void theCamerasOrientationIsApplied() {
        Planes read = read(
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
        assertColour(read(save(folder.resolve("gray.png"), gray)), 100, 100, 100);
    }

    @Test
    void palettesAreLookedUp() {
        BufferedImage palette = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_INDEXED);
        for (int i = 0; i < 16; i++) {
            palette.setRGB(i % 4, i / 4, 0xFFFF9933); // in the palette of this type
        }
        assertColour(read(save(folder.resolve("palette.png"), palette)), 0xFF, 0x99, 0x33);
        assertColour(
                read(
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
        assertColour(read(save(folder.resolve("glass.png"), glass)), 227, 177, 152);
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
    void halfAJpegAndOneWithAHoleAreDamage() throws IOException {
        Path jpeg = picture(folder.resolve("whole.jpg"), 200, 200, 90);
        byte[] bytes = Files.readAllBytes(jpeg);
        assertEquals(200, read(jpeg).width());
        Path bad = folder.resolve("bad.jpg");
        assertSentence(() -> ImageFile.read(write(bad, Arrays.copyOf(bytes, bytes.length * 6 / 10))), bad, "is damaged (");
        byte[] hole = bytes.clone();
        Arrays.fill(hole, bytes.length / 2, bytes.length / 2 + 60, (byte) 0);
        assertSentence(() -> ImageFile.read(write(bad, hole)), bad, "is damaged (");
    }

    @ParameterizedTest
    @CsvSource({
        "USHORT, 816, 3008, 187, holds 16-bit numbers up to 3008: 4095 is taken as white",
        "USHORT, 816, 30080, 117, ''",
        "USHORT, 51, 188, 188, holds 16-bit numbers up to 188: 255 is taken as white",
        "FLOAT, .2, .7372549, 188, ''",
        "FLOAT, 51, 188, 188, holds real numbers up to 188: 255 is taken as white",
        "INT, 816, 3008, 187, holds 32-bit numbers up to 3008: 4095 is taken as white"
    })
    void numbersBeyondEightBitsAreScaledByTheirRangeAndThatIsSaid(Stored type, double dark, double bright, int expected, String note)
            throws IOException {
        Path file = numbers(folder.resolve("wide.tif"), type, dark, bright);
        ImageFile.Picture picture = ImageFile.read(file);
        assertEquals(expected, picture.planes().values()[0][15] & 0xFF);
        assertEquals(note.isEmpty() ? "" : file + " " + note, picture.note());
    }

    @ParameterizedTest
    @CsvSource({
        "SHORT, -9472, 8064, from -9472 to 8064", "INT, 51000, 188000, from 51000 to 188000", "FLOAT, -1, 1, from -1 to 1",
        "FLOAT, 0, NaN, from NaN to NaN", "FLOAT, 0, 1e6, from 0 to 1000000"
    })
    void numbersOfNoUsualRangeAreRefused(Stored type, double dark, double bright, String range) throws IOException {
        Path file = numbers(folder.resolve("odd.tif"), type, dark, bright);
        assertSentence(() -> ImageFile.read(file), file, range, "nothing says which of them is white");
    }

    /** Java's names of number types in pictures. */
    enum Stored {
        USHORT(DataBuffer.TYPE_USHORT),
        SHORT(DataBuffer.TYPE_SHORT),
        INT(DataBuffer.TYPE_INT),
        FLOAT(DataBuffer.TYPE_FLOAT);

        private final int type;

        Stored(int type) {
            this.type = type;
        }
    }

    /** A gray TIFF of 4 × 4 pixels, all dark but the last, which is bright. */
    private static Path numbers(Path file, Stored stored, double dark, double bright) throws IOException {
        ColorSpace gray = ColorSpace.getInstance(ColorSpace.CS_GRAY);
        ColorModel model = new ComponentColorModel(gray, false, false, Transparency.OPAQUE, stored.type);
        WritableRaster raster = Raster.createWritableRaster(
                new PixelInterleavedSampleModel(stored.type, 4, 4, 1, 4, new int[] {0}), null);
        for (int i = 0; i < 16; i++) {
            raster.setSample(i % 4, i / 4, 0, i == 15 ? bright : dark);
        }
        Iterable<ImageWriter> writers = () -> ImageIO.getImageWritersByFormatName("tif");
        for (ImageWriter writer : writers) {
            if (writer.getClass().getName().startsWith("com.sun")) { // the JDK's knows all of them
                try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
                    writer.setOutput(out);
                    writer.write(new BufferedImage(model, raster, false, null));
                }
            }
        }
        return file;
    }

    @Test
    void aPngsExifTurnsIt() throws IOException {
        byte[] png = Files.readAllBytes(picture(folder.resolve("a.png"), 6, 2, 0));
        byte[] exif = {'e', 'X', 'I', 'f', 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0};
        CRC32 sum = new CRC32();
        sum.update(exif);
        int afterHeader = 33;
        ByteBuffer turned = ByteBuffer.allocate(png.length + exif.length + 8).put(png, 0, afterHeader).putInt(exif.length - 4).put(exif)
                .putInt((int) sum.getValue()).put(png, afterHeader, png.length - afterHeader);
        Planes read = read(write(folder.resolve("turned.png"), turned.array()));
        assertEquals(List.of(2, 6), List.of(read.width(), read.height()));
        assertEquals(List.of(10, 0), List.of((int) read.values()[1][0], (int) read.values()[1][1]), "its bottom row is on the left");
    }

    @Test
    void framesThatAreNotReadAreSaid() throws IOException {
        Path file = folder.resolve("moving.gif");
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int frame = 0; frame < 3; frame++) {
                writer.writeToSequence(new IIOImage(new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY), null, null), null);
            }
            writer.endWriteSequence();
        }
        assertEquals(file + " holds 3 pictures, of which the first is read", ImageFile.read(file).note());
    }

    @Test
    void portableAnymapsAreRead() {
        Path file = write(folder.resolve("a.ppm"), "P3 1 1 255 200 100 50\n".getBytes(StandardCharsets.US_ASCII));
        assertColour(read(file), 200, 100, 50);
    }

    @Test
    void foreignFormatsAreCalledByTheirNames() {
        Path file = write(folder.resolve("a.heic"), "\0\0\0\30ftypheic\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
        assertSentence(() -> ImageFile.read(file), file, "is in the format HEIF or HEIC, which is not read here; save it as PNG");
    }

    @Test
    void cropKeepsTheMiddleAndStretchKeepsAll() {
        Planes wide = read(picture(folder.resolve("wide.png"), 25, 5, 0));
        byte[] middle = wide.square(5, Fit.CROP).values()[0];
        assertArrayEquals(new byte[] {100, 110, 120, (byte) 130, (byte) 140}, Arrays.copyOf(middle, 5));
        byte[] stretched = wide.square(5, Fit.STRETCH).values()[0];
        assertTrue((stretched[0] & 0xFF) < 40 && (stretched[4] & 0xFF) > 200, Arrays.toString(stretched));
    }
}
