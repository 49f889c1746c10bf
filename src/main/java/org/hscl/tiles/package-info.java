/**
 * Pictures at their own resolution. {@link org.hscl.tiles.PictureFolder} finds pictures and the masks that mark their defects,
 * {@link org.hscl.tiles.TileDraw} cuts them into tiles, anew each epoch, {@link org.hscl.tiles.SyntheticDefect} makes labeled
 * anomalies of normal ones, and {@link org.hscl.tiles.TileDetector} learns from them at one or more scales, scores a picture by
 * its lowest tile and shows where that is in a {@link org.hscl.tiles.HeatMap}.
 */
@org.jspecify.annotations.NullMarked
package org.hscl.tiles;
