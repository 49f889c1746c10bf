package org.hscl.tiles;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * At which size pictures are cut.
 *
 * @param tile side of a tile in pixels: 32, 64 or 128
 * @param reduction by which both sides of the picture are divided first, 1 to 16
 */
public record TileScale(int tile, int reduction) {

    private static final Set<Integer> TILES = Set.of(32, 64, 128);

    /** Checks the ranges. */
    public TileScale {
        if (!TILES.contains(tile) || reduction < 1 || reduction > 16) {
            throw new IllegalArgumentException(
                    "the tile is %d and the reduction %d; give 32, 64 or 128, and 1 to 16, such as 64 or 64/4".formatted(tile, reduction));
        }
    }

    /** 64-pixel tiles at full size, which see small defects, and 32-pixel tiles at a quarter of each side, which see wide ones. */
    public static List<TileScale> auto() {
        return List.of(new TileScale(64, 1), new TileScale(32, 4));
    }

    /**
     * Scales by name.
     *
     * @param text {@code auto}, or a list such as {@code 64,32/4}
     * @throws IllegalArgumentException if it is neither
     */
    public static List<TileScale> parse(String text) {
        if (text.equals("auto")) {
            return auto();
        }
        return Arrays.stream(text.split(",")).map(TileScale::one).distinct().toList();
    }

    private static TileScale one(String text) {
        if (!text.matches("\\d{1,4}(/\\d{1,4})?")) {
            throw new IllegalArgumentException("'%s' is no tile size; give auto, or sizes such as 64,32/4".formatted(text));
        }
        String[] parts = text.split("/");
        return new TileScale(Integer.parseInt(parts[0]), parts.length == 1 ? 1 : Integer.parseInt(parts[1]));
    }

    /** Where tiles begin along a side: overlapping by half, the last one flush with the border, one where the side is short. */
    int[] starts(int length) {
        int last = length - tile;
        if (last <= 0) {
            return new int[] {last / 2}; // centred; beyond the border its pixels repeat
        }
        int step = tile / 2;
        int count = (last + step - 1) / step + 1;
        return IntStream.range(0, count).map(i -> Math.min(i * step, last)).toArray();
    }

    @Override
    public String toString() {
        return reduction == 1 ? Integer.toString(tile) : tile + "/" + reduction;
    }
}
