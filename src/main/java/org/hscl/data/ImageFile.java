package org.hscl.data;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Reads one picture of any format that ImageIO and its plug-ins know: PNG, JPEG (CMYK and lossless as well), GIF, BMP, TIFF and
 * BigTIFF, WebP, PNM. Its numbers become {@link Colours}, and the orientation that a camera noted is applied. What a decoder
 * warns of as damage is damage: half a picture is none.
 */
final class ImageFile {

    private static final long LARGEST = 100_000_000;

    /** A decoder's words for lost content; stray bytes before the header's markers are harmless, before a scan's (d0 to d9) not. */
    private static final Pattern DAMAGE = Pattern.compile(
            "(?i)premature|truncated|bad huffman|inconsistent progression|invalid sos|unsupported marker|before marker 0xd[0-9]");

    static {
        // A notebook's context class loader may not see the plug-ins that came with this class.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ImageFile.class.getClassLoader());
        ImageIO.scanForPlugins();
        ImageIO.setUseCache(false);
        thread.setContextClassLoader(before);
    }

    /** Exif's orientations 1 to 8 by the standard format's names. */
    private static final List<String> EXIF = List.of(
            "Normal", "FlipH", "Rotate180", "FlipV", "FlipVRotate90", "Rotate270", "FlipHRotate90", "Rotate90");

    private ImageFile() {}

    /**
     * A picture that was read.
     *
     * @param planes its pixels, the right way up
     * @param note one sentence with what a reader should know, such as that other pages were left out, or empty
     */
    record Picture(Planes planes, String note) {}

    /**
     * Reads a picture.
     *
     * @throws DataException if it is unreadable, empty, no picture, damaged, has more than 100 million pixels, or holds numbers
     *     of which nothing says what is white
     */
    static Picture read(Path file) {
        checkKind(file);
        try (ImageInputStream in = opened(file)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new DataException("%s (%d bytes) is no picture of a known format; remove it or save it as PNG"
                        .formatted(file, Files.size(file)));
            }
            ImageReader reader = readers.next();
            reader.setInput(in);
            if (cutsRealNumbers(reader)) {
                reader.dispose();
                while (!reader.getClass().getName().startsWith("com.sun.") && readers.hasNext()) {
                    reader = readers.next();
                }
                in.seek(0);
                reader.setInput(in);
            }
            try {
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

    /** The plug-in for TIFF takes real numbers beyond 1 as 1; the JDK's own reader leaves them. */
    private static boolean cutsRealNumbers(ImageReader reader) throws IOException {
        ImageTypeSpecifier raw = reader.getFormatName().equalsIgnoreCase("tiff") ? reader.getRawImageType(0) : null;
        return raw != null && raw.getSampleModel().getDataType() >= DataBuffer.TYPE_FLOAT;
    }

    private static ImageInputStream opened(Path file) throws IOException {
        ForeignFormat.refuse(file);
        return ImageIO.createImageInputStream(Files.newInputStream(file));
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

    private static Picture read(ImageReader reader, Path file) throws IOException {
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width * height > LARGEST) {
            throw new DataException("%s has %d × %d pixels, more than 100 million; make it smaller first"
                    .formatted(file, width, height));
        }
        List<String> damage = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> {
            if (DAMAGE.matcher(warning).find()) {
                damage.add(warning);
            }
        });
        String orientation = orientation(reader, file);
        BufferedImage decoded = reader.read(0);
        if (!damage.isEmpty()) {
            throw new DataException("%s is damaged (%s); get a whole copy or remove it".formatted(file, String.join("; ", damage)));
        }
        Colours colours;
        try {
            colours = Colours.of(decoded);
        } catch (DataException clause) {
            throw new DataException(file + " " + clause.getMessage(), clause);
        }
        List<String> notes = new ArrayList<>(List.of(colours.note(), others(reader)));
        notes.removeIf(String::isEmpty);
        return new Picture(oriented(colours.planes(), orientation), notes.isEmpty() ? "" : file + " " + String.join(", and ", notes));
    }

    /** Says what of a file was not read: further frames or pages. */
    private static String others(ImageReader reader) {
        try {
            int count = reader.getNumImages(true);
            return count > 1 ? "holds %d pictures, of which the first is read".formatted(count) : "";
        } catch (IOException | RuntimeException e) {
            return "may hold further pictures, which cannot be counted (%s)".formatted(e);
        }
    }

    /** As ImageIO tells it, or, for formats of which it doesn't, as the Exif block does. */
    private static String orientation(ImageReader reader, Path file) throws IOException {
        String format = reader.getFormatName().toLowerCase(Locale.ROOT);
        if (format.equals("png") || format.equals("webp")) {
            return ofExif(file);
        }
        IIOMetadata metadata = reader.getImageMetadata(0);
        if (metadata == null || !metadata.isStandardMetadataFormatSupported()) {
            return "Normal";
        }
        Element tree = (Element) metadata.getAsTree(IIOMetadataFormatImpl.standardMetadataFormatName);
        NodeList found = tree.getElementsByTagName("ImageOrientation");
        return found.getLength() == 0 ? "Normal" : ((Element) found.item(0)).getAttribute("value");
    }

    private static String ofExif(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            ExifIFD0Directory exif = ImageMetadataReader.readMetadata(in).getFirstDirectoryOfType(ExifIFD0Directory.class);
            Integer number = exif == null ? null : exif.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
            return number == null || number < 1 || number > EXIF.size() ? "Normal" : EXIF.get(number - 1);
        } catch (ImageProcessingException | IOException | RuntimeException e) {
            return "Normal"; // a broken note turns no picture
        }
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
}
