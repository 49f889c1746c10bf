package org.hscl.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A kind of picture that no permissively licensed plug-in reads here, known by its first bytes, so that its owner learns more
 * than that it is none.
 *
 * @param name for the user
 * @param offset where the bytes stand
 * @param magic the bytes, one a character
 */
record ForeignFormat(String name, int offset, String magic) {

    private static final int HEAD = 512;

    private static final List<ForeignFormat> KNOWN = List.of(
            new ForeignFormat("HEIF or HEIC", 4, "ftyphe"),
            new ForeignFormat("HEIF or HEIC", 4, "ftypmif1"),
            new ForeignFormat("AVIF", 4, "ftypav"),
            new ForeignFormat("JPEG 2000", 4, "jP  "),
            new ForeignFormat("JPEG 2000", 0, "\u00ff\u004f\u00ff\u0051"),
            new ForeignFormat("JPEG XL", 4, "JXL "),
            new ForeignFormat("JPEG XL", 0, "\u00ff\n"),
            new ForeignFormat("DICOM", 128, "DICM"),
            new ForeignFormat("Photoshop", 0, "8BPS"),
            new ForeignFormat("FITS", 0, "SIMPLE  ="),
            new ForeignFormat("QOI", 0, "qoif"),
            new ForeignFormat("icon", 0, "\0\0\1\0"),
            new ForeignFormat("PDF", 0, "%PDF"),
            new ForeignFormat("ZIP", 0, "PK\3\4"));

    /**
     * Refuses such a file, and an empty one.
     *
     * @throws DataException if it is one
     */
    static void refuse(Path file) throws IOException {
        String head;
        try (InputStream in = Files.newInputStream(file)) {
            head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        }
        if (head.isEmpty()) {
            throw new DataException("%s is empty; get a whole copy or remove it".formatted(file));
        }
        for (ForeignFormat format : KNOWN) {
            if (head.startsWith(format.magic(), format.offset())) {
                throw new DataException("%s is in the format %s, which is not read here; save it as PNG".formatted(file, format.name()));
            }
        }
    }
}
