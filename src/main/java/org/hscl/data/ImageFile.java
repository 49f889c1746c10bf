package org.hscl.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Reads one picture of any format that ImageIO and its plug-ins know: PNG, JPEG (CMYK as well), GIF, BMP, TIFF, WebP. Gray
 * values are taken as they are stored, palettes and other colour spaces become sRGB, transparent pixels lie on white, and
 * the orientation that a camera noted is applied.
 */
final class ImageFile {

    private static final long LARGEST = 100_000_000;
    private static final int WHITE = 255;

    static {
        // A notebook's context class loader may not see the plug-ins that came with this class.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ImageFile.class.getClassLoader());
        ImageIO.scanForPlugins();
        ImageIO.setUseCache(false);
        thread.setContextClassLoader(before);
    }

    private ImageFile() {}

    /**
     * Reads a picture.
     *
     * @throws DataException if it is unreadable, empty, no picture, damaged, or has more than 100 million pixels
     */
    static Planes read(Path file) {
        checkKind(file);
        try (ImageInputStream in = ImageIO.createImageInputStream(Files.newInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new DataException("%s (%d bytes) is no picture of a known format; remove it or save it as PNG"
                        .formatted(file, Files.size(file)));
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in);
                return read(reader, file);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            if (e instanceof DataException finding) {
                throw finding;
            }
            // Decoders answer damage with anything, ClassCastException and huge arrays included.
            throw new DataException(
                    "Cannot read the picture %s (%s); check the file and its permissions, or remove it"
                            .formatted(file, e),
                    e);
        }
    }

    /** A pipe would wait for a writer for ever, and a folder is here because it could not be listed. */
    private static void checkKind(Path file) {
        if (Files.isDirectory(file)) {
            throw new DataException("%s is a folder that could not be listed; check its permissions".formatted(file));
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new DataException("%s is a pipe, a socket or a device, no picture; remove it".formatted(file));
        }
    }

    private static Planes read(ImageReader reader, Path file) throws IOException {
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width * height > LARGEST) {
            throw new DataException("%s has %d × %d pixels, more than 100 million; make it smaller first"
                    .formatted(file, width, height));
        }
        String orientation = orientation(reader.getImageMetadata(0));
        return oriented(planes(reader.read(0)), orientation);
    }

    private static String orientation(IIOMetadata metadata) {
        if (metadata == null || !metadata.isStandardMetadataFormatSupported()) {
            return "Normal";
        }
        Element tree = (Element) metadata.getAsTree(IIOMetadataFormatImpl.standardMetadataFormatName);
        NodeList found = tree.getElementsByTagName("ImageOrientation");
        return found.getLength() == 0 ? "Normal" : ((Element) found.item(0)).getAttribute("value");
    }

    /** The names are those of the standard metadata format; its rotations are counter-clockwise. */
    private static Planes oriented(Planes stored, String orientation) {
        return switch (orientation) {
            case "FlipH" -> stored.flipped(true, false);
            case "FlipV" -> stored.flipped(false, true);
            case "Rotate180" -> stored.flipped(true, true);
            case "Rotate90" -> stored.transposed().flipped(false, true);
            case "Rotate270" -> stored.transposed().flipped(true, false);
            case "FlipVRotate90" -> stored.transposed();
            case "FlipHRotate90" -> stored.transposed().flipped(true, true);
            default -> stored;
        };
    }

    private static Planes planes(BufferedImage picture) {
        ColorModel colours = picture.getColorModel();
        boolean palette = colours instanceof IndexColorModel;
        boolean whole = colours.getTransferType() <= DataBuffer.TYPE_INT;
        if (!palette && whole && colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
            return gray(picture.getRaster(), colours);
        }
        boolean standard = palette || colours.getColorSpace().isCS_sRGB();
        return colour(standard ? picture : converted(picture, colours.hasAlpha()));
    }

    /** ImageIO takes gray for linear light and would brighten it. */
    private static Planes gray(Raster raster, ColorModel colours) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        double brightest = (1L << colours.getComponentSize(0)) - 1;
        double opaque = colours.hasAlpha() ? (1L << colours.getComponentSize(1)) - 1 : 1;
        byte[] plane = new byte[width * height];
        for (int i = 0; i < plane.length; i++) {
            double value = raster.getSample(i % width, i / width, 0) / brightest;
            double cover = colours.hasAlpha() ? raster.getSample(i % width, i / width, 1) / opaque : 1;
            plane[i] = (byte) Math.round(WHITE * (1 + (value - 1) * cover));
        }
        return new Planes(width, height, new byte[][] {plane, plane, plane});
    }

    private static Planes colour(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        byte[][] planes = new byte[3][width * height];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            picture.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int alpha = row[x] >>> 24;
                for (int c = 0; c < 3; c++) {
                    int value = row[x] >> (16 - 8 * c) & 0xFF;
                    planes[c][y * width + x] = (byte) ((value * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE);
                }
            }
        }
        return new Planes(width, height, planes);
    }

    private static BufferedImage converted(BufferedImage picture, boolean alpha) {
        int type = alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        return new ColorConvertOp(null)
                .filter(picture, new BufferedImage(picture.getWidth(), picture.getHeight(), type));
    }
}
