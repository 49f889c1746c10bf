package org.hscl.tiles;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hscl.data.ImageSet;
import org.hscl.engine.Interruption;
import org.hscl.engine.SeededRandom;
import org.hscl.scenario.Label;
import org.hscl.train.EpochImages;

/**
 * Tiles for training, drawn anew each epoch: a third of labeled normal pictures, a third unlabeled, a third abnormal. An abnormal
 * tile lies over a marked pixel of an abnormal picture or is a normal tile with a {@link SyntheticDefect}; abnormal pictures without
 * marks count as unlabeled, since most of their tiles are normal. Where a kind is missing, the others take its share.
 */
final class TileDraw implements EpochImages {

    /** Tiles of one picture and epoch, so that a picture is decoded for more than one. */
    private static final int TOGETHER = 4;

    private final List<LabeledPicture> normal;
    private final List<LabeledPicture> unlabeled;
    private final List<LabeledPicture> marked;
    private final TileScale scale;
    private final int count;
    private final boolean synthetic;
    private final long seed;
    private final PictureCache cache;

    /**
     * Prepares the draws.
     *
     * @param count tiles an epoch
     * @param synthetic whether defects are made of normal tiles too
     */
    TileDraw(List<LabeledPicture> pictures, TileScale scale, int count, boolean synthetic, long seed) {
        normal = pictures.stream().filter(picture -> picture.label() == Label.NORMAL).toList();
        marked = pictures.stream().filter(picture -> picture.label() == Label.ABNORMAL && picture.isMarked()).toList();
        unlabeled = pictures.stream().filter(picture -> picture.label() != Label.NORMAL && !marked.contains(picture)).toList();
        this.scale = scale;
        this.count = count;
        this.synthetic = synthetic;
        this.seed = seed;
        cache = new PictureCache(scale.reduction());
    }

    @Override
    public Drawn draw(int epoch) {
        SplittableRandom random = SeededRandom.at(seed, 7, scale.tile(), scale.reduction(), epoch);
        Tiles tiles = new Tiles(random);
        int abnormal = synthetic || !marked.isEmpty() ? count / 3 : 0;
        int real = marked.isEmpty() ? 0 : synthetic ? abnormal / 2 : abnormal;
        List<LabeledPicture> clean = normal.isEmpty() ? unlabeled : normal;
        tiles.add(marked, real, Label.ABNORMAL, false);
        tiles.add(clean, abnormal - real, Label.ABNORMAL, true);
        int rest = count - abnormal;
        int known = normal.isEmpty() ? 0 : unlabeled.isEmpty() ? rest : rest / 2;
        tiles.add(normal, known, Label.NORMAL, false);
        tiles.add(unlabeled, rest - known, Label.UNLABELED, false);
        return tiles.drawn();
    }

    /** One epoch's tiles as they come. */
    private final class Tiles {

        private final int stride = 3 * scale.tile() * scale.tile();
        private final byte[] pixels = new byte[count * stride];
        private final List<Label> labels = new ArrayList<>();
        private final byte[] source = new byte[stride];
        private final SplittableRandom random;

        Tiles(SplittableRandom random) {
            this.random = random;
        }

        void add(List<LabeledPicture> from, int many, Label label, boolean defect) {
            int[] order = new int[0];
            for (int i = 0; i < many; i++) {
                int place = i / TOGETHER % from.size();
                if (place == 0 && i % TOGETHER == 0) {
                    order = SeededRandom.permutation(from.size(), random);
                }
                Interruption.check("training");
                PictureCache.Decoded picture = cache.get(from.get(order[place]));
                int at = labels.size() * stride;
                cut(picture, label == Label.ABNORMAL && !defect, pixels, at);
                if (defect) {
                    cut(cache.get(from.get(order[random.nextInt(Math.min(order.length, place + 1))])), false, source, 0);
                    SyntheticDefect.paste(pixels, at, source, scale.tile(), random);
                }
                boolean seen = label != Label.ABNORMAL || defect || picture.marks().length > 0; // some masks mark nothing
                labels.add(seen ? label : Label.UNLABELED);
            }
        }

        /** Anywhere in the picture, or over one of its marked pixels. */
        private void cut(PictureCache.Decoded from, boolean overMark, byte[] to, int at) {
            int width = from.picture().width();
            int mark = overMark && from.marks().length > 0 ? from.marks()[random.nextInt(from.marks().length)] : -1;
            int left = start(width, mark < 0 ? -1 : mark % width);
            int top = start(from.picture().height(), mark < 0 ? -1 : mark / width);
            from.picture().copySquare(left, top, scale.tile(), to, at);
        }

        private int start(int length, int over) {
            int last = length - scale.tile();
            if (last <= 0) {
                return last / 2;
            }
            int low = over < 0 ? 0 : Math.max(0, over - scale.tile() + 1);
            int high = over < 0 ? last : Math.min(last, over);
            return low + random.nextInt(high - low + 1);
        }

        Drawn drawn() {
            ImageSet images = new ImageSet("tiles " + scale, "pictures", scale.tile(), pixels, new int[count], List.of("tile"));
            Label[] known = labels.toArray(Label[]::new);
            return new Drawn(images, Arrays.copyOf(known, count));
        }
    }
}
