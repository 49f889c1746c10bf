package org.hscl.data;

import java.nio.file.Path;

/**
 * What became of one file: a picture, or the reason why not.
 *
 * @param file the file
 * @param reason one sentence that names the file and says why it is no picture here, or empty for a picture
 * @param note what a reader should know of a picture, such as that only the first of its pages was read, or empty
 */
public record ImageRow(Path file, String reason, String note) {

    /** Whether the file gave a picture. */
    public boolean readable() {
        return reason.isEmpty();
    }
}
