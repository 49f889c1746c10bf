package org.hscl.baseline;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hscl.data.ImageSet;
import org.hscl.data.TrainTest;
import org.hscl.engine.SeededRandom;
import org.hscl.scenario.OneClass;
import org.hscl.scenario.Split;

/**
 * Arrows that differ only in where they point: up is normal, to the left is not; and discs. Place, colours and background vary
 * and there is noise, so that an untrained network is near chance.
 */
final class ToyArrows {

    private static final int SIDE = 32;
    private static final int NOISE = 30;

    private ToyArrows() {}

    /** All the unlabeled ones point up; 15 % of either kind are labeled. */
    static Split split(boolean discs) {
        TrainTest data = new TrainTest("toy arrows", images(1, 80, discs), images(2, 40, discs), Map.of());
        return OneClass.defaults().withLabeledRatio(0.15).withPollutionRatio(0).split(data);
    }

    private static ImageSet images(long seed, int perClass, boolean discs) {
        SplittableRandom random = SeededRandom.at(seed);
        int plane = SIDE * SIDE;
        byte[] pixels = new byte[2 * perClass * 3 * plane];
        int[] labels = new int[2 * perClass];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 2;
            int x = 12 + random.nextInt(9);
            int y = 12 + random.nextInt(9);
            boolean bright = random.nextBoolean();
            for (int c = 0; c < 3; c++) {
                int shape = random.nextInt(80) + (bright ? 140 : 0);
                int ground = random.nextInt(80) + (bright ? 0 : 140);
                for (int p = 0; p < plane; p++) {
                    int right = p % SIDE - x;
                    int down = p / SIDE - y;
                    boolean inside = labels[i] == 0
                            ? inside(right, down)
                            : discs ? right * right + down * down < 64 : inside(-down, right);
                    int value = (inside ? shape : ground) + random.nextInt(NOISE);
                    pixels[(3 * i + c) * plane + p] = (byte) value;
                }
            }
        }
        return new ImageSet("arrows", "made by a test", SIDE, pixels, labels, List.of("up", "other"));
    }

    /** An arrow that points up: a head of 45° on a shaft. */
    private static boolean inside(int right, int down) {
        boolean head = down >= -9 && down < 0 && Math.abs(right) <= down + 9;
        return head || down >= 0 && down < 9 && Math.abs(right) < 3;
    }
}
