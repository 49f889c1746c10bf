package org.hscl.tiles;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import org.hscl.data.ImageSet;
import org.hscl.data.Picture;
import org.hscl.eval.NormalityScore;
import org.hscl.model.Encoder;

/**
 * The scores of a picture's tiles at one scale.
 *
 * @param scale how it was cut
 * @param columns where tiles begin along a row, in pixels of the reduced picture
 * @param rows where they begin along a column
 * @param scores Eq. 9 of each tile, row by row, (rows · columns)
 */
record TileGrid(TileScale scale, int[] columns, int[] rows, double[] scores) {

    /** Tiles in memory at once, however large the picture is. */
    private static final int AT_ONCE = 256;

    static TileGrid of(Picture whole, TileScale scale, Encoder encoder, NDManager manager) {
        Picture picture = whole.reduced(scale.reduction());
        int[] columns = scale.starts(picture.width());
        int[] rows = scale.starts(picture.height());
        double[] scores = new double[columns.length * rows.length];
        int stride = 3 * scale.tile() * scale.tile();
        for (int start = 0; start < scores.length; start += AT_ONCE) {
            int count = Math.min(AT_ONCE, scores.length - start);
            byte[] pixels = new byte[count * stride];
            for (int i = 0; i < count; i++) {
                int tile = start + i;
                picture.copySquare(columns[tile % columns.length], rows[tile / columns.length], scale.tile(), pixels, i * stride);
            }
            ImageSet tiles = new ImageSet("tiles", picture.file().toString(), scale.tile(), pixels, new int[count], List.of("tile"));
            System.arraycopy(NormalityScore.of(tiles, encoder, manager), 0, scores, start, count);
        }
        return new TileGrid(scale, columns, rows, scores);
    }

    double lowest() {
        return Arrays.stream(scores).min().orElseThrow();
    }

    TileGrid standardized(double[] spread) {
        return new TileGrid(scale, columns, rows, Arrays.stream(scores).map(score -> (score - spread[0]) / spread[1]).toArray());
    }

    /** Between the centres of tiles bilinear, beyond the outer ones constant, so that a tile's centre has its score. */
    double at(double x, double y) {
        double[] across = place(columns, x / scale.reduction());
        double[] down = place(rows, y / scale.reduction());
        return (1 - down[1]) * row((int) down[0], across) + down[1] * row(Math.min((int) down[0] + 1, rows.length - 1), across);
    }

    private double row(int row, double[] across) {
        int left = (int) across[0];
        int right = Math.min(left + 1, columns.length - 1);
        return (1 - across[1]) * scores[row * columns.length + left] + across[1] * scores[row * columns.length + right];
    }

    /** The tile whose centre is at or before a place, and how far it is to the next one's, in [0, 1). */
    private double[] place(int[] starts, double at) {
        double offset = at - scale.tile() / 2.0;
        int found = Arrays.binarySearch(starts, (int) Math.floor(offset));
        int before = Math.min(Math.max(found < 0 ? -found - 2 : found, 0), starts.length - 1);
        if (before == starts.length - 1 || offset <= starts[before]) {
            return new double[] {before, 0};
        }
        return new double[] {before, (offset - starts[before]) / (starts[before + 1] - starts[before])};
    }
}
