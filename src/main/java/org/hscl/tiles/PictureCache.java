package org.hscl.tiles;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.hscl.data.Picture;

/** Decoded pictures at one reduction with their marked pixels, the latest used ones, within a bound of bytes. */
final class PictureCache {

    /** Some hundred pictures of half a megapixel; more are decoded again. */
    private static final long LARGEST = 256L << 20;

    /**
     * A decoded picture.
     *
     * @param picture reduced
     * @param marks numbers of its marked pixels, y · width + x; empty where nothing is marked
     */
    record Decoded(Picture picture, int[] marks) {
        long bytes() {
            return picture.bytes() + 4L * marks.length;
        }
    }

    private final int reduction;
    private final Map<LabeledPicture, Decoded> latest = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    PictureCache(int reduction) {
        this.reduction = reduction;
    }

    Decoded get(LabeledPicture wanted) {
        Decoded known = latest.get(wanted);
        if (known != null) {
            return known;
        }
        Decoded decoded = decode(wanted, reduction);
        latest.put(wanted, decoded);
        bytes += decoded.bytes();
        for (Iterator<Decoded> oldest = latest.values().iterator(); bytes > LARGEST && latest.size() > 1; ) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
        return decoded;
    }

    private static Decoded decode(LabeledPicture wanted, int reduction) {
        Picture whole = Picture.read(wanted.file());
        Picture reduced = whole.reduced(reduction);
        if (!wanted.isMarked()) {
            return new Decoded(reduced, new int[0]);
        }
        boolean[] small = new boolean[reduced.width() * reduced.height()];
        boolean[] marked = wanted.marked(whole);
        for (int i = 0; i < marked.length; i++) {
            if (marked[i]) {
                int x = Math.min(i % whole.width() / reduction, reduced.width() - 1);
                int y = Math.min(i / whole.width() / reduction, reduced.height() - 1);
                small[y * reduced.width() + x] = true;
            }
        }
        return new Decoded(reduced, IntStream.range(0, small.length).filter(i -> small[i]).toArray());
    }
}
