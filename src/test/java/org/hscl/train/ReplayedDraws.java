package org.hscl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.hscl.golden.Golden;
import org.hscl.loss.RowSampler;

/** Recorded draws of the released form: anchors, positives, negatives, each with its mix. */
final class ReplayedDraws implements RowSampler {

    private static final List<String> ROLES = List.of("anchor", "positive", "negative");

    private final Golden golden;
    private final Queue<String> rows = new ArrayDeque<>(ROLES);
    private final Queue<String> shares = new ArrayDeque<>(ROLES);

    ReplayedDraws(Golden golden) {
        this.golden = golden;
    }

    @Override
    public NDArray rows(NDArray mass, int count) {
        return golden.index(rows.remove() + "_index");
    }

    @Override
    public NDArray shares(NDManager manager, int count, int k) {
        return golden.get(shares.remove() + "_mix");
    }
}
