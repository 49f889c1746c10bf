package org.hscl.baseline;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hscl.engine.SeededRandom;
import org.hscl.scenario.Split;

/** Which training images a step takes. */
final class RowDraws {

    private static final long SHUFFLE = 1;

    private RowDraws() {}

    /** Batch number t of an endless sequence of shuffled passes over the pool. */
    static int[] batch(int[] pool, int size, int t, long seed) {
        int[] rows = new int[size];
        int[] order = {};
        for (int i = 0; i < size; i++) {
            long position = (long) t * size + i;
            int place = (int) (position % pool.length);
            if (i == 0 || place == 0) {
                order = SeededRandom.permutation(
                        pool.length, SeededRandom.at(seed, SHUFFLE, position / pool.length));
            }
            rows[i] = pool[order[place]];
        }
        return rows;
    }

    /** Draws rows with replacement. */
    static int[] draw(int[] rows, int count, SplittableRandom random) {
        return IntStream.range(0, count).map(i -> rows[random.nextInt(rows.length)]).toArray();
    }

    /** Fails where a method lacks the labels that it learns from. */
    static void require(int[] rows, String what, Split split) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("%s has no %s, which this method learns from; raise its ratio"
                    .formatted(split.name(), what));
        }
    }
}
