package org.hscl.tiles;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hscl.data.DataException;
import org.hscl.data.Picture;
import org.hscl.scenario.Label;

/**
 * A picture's file and what is known of it.
 *
 * @param file the picture
 * @param kind the folder it stands in, such as {@code crack}
 * @param label normal, abnormal or unlabeled
 * @param mask a picture of the same size, white where the defect is
 * @param boxes where defects are, if no mask says so
 */
public record LabeledPicture(Path file, String kind, Label label, Optional<Path> mask, List<Box> boxes) {

    /** Copies the list. */
    public LabeledPicture {
        boxes = List.copyOf(boxes);
    }

    /** A rectangle in pixels of the picture. */
    public record Box(int left, int top, int width, int height) {}

    /** Whether it is known where its defects are. */
    public boolean isMarked() {
        return mask.isPresent() || !boxes.isEmpty();
    }

    /**
     * The marked pixels, row by row, (height · width).
     *
     * @param picture read from {@link #file}
     * @throws DataException if the mask is of another size
     */
    public boolean[] marked(Picture picture) {
        if (mask.isPresent()) {
            Picture drawn = Picture.read(mask.get());
            if (drawn.width() != picture.width() || drawn.height() != picture.height()) {
                throw new DataException("the mask %s has %d × %d pixels, its picture %d × %d; draw it at the picture's size".formatted(
                        mask.get(), drawn.width(), drawn.height(), picture.width(), picture.height()));
            }
            return drawn.marked();
        }
        boolean[] marked = new boolean[picture.width() * picture.height()];
        for (Box box : boxes) {
            for (int y = Math.max(0, box.top); y < Math.min(picture.height(), box.top + box.height); y++) {
                for (int x = Math.max(0, box.left); x < Math.min(picture.width(), box.left + box.width); x++) {
                    marked[y * picture.width() + x] = true;
                }
            }
        }
        return marked;
    }
}
