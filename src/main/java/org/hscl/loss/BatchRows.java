package org.hscl.loss;

import java.util.stream.IntStream;
import org.hscl.augment.Augmenter;
import org.hscl.augment.Rotation;
import org.hscl.scenario.Label;

/**
 * Which rows of a batch are what, known on the host so that no step asks the device.
 *
 * @param normalThenUnlabeled rows of labeled normal images, then of unlabeled ones
 * @param labeledNormal how many of these are labeled normal
 * @param abnormal rows of labeled abnormal images
 */
record BatchRows(int[] normalThenUnlabeled, int labeledNormal, int[] abnormal) {

    /**
     * The rows of B images, of which each fills eight rows: view-major, then rotation-major, then image.
     *
     * @param labels what training may know of each image, (B)
     */
    static BatchRows of(Label[] labels, LossRows which) {
        int[] normal = rows(labels, Label.NORMAL, which);
        int[] unlabeled = rows(labels, Label.UNLABELED, which);
        int[] both = IntStream.concat(IntStream.of(normal), IntStream.of(unlabeled)).toArray();
        return new BatchRows(both, normal.length, rows(labels, Label.ABNORMAL, which));
    }

    private static int[] rows(Label[] labels, Label wanted, LossRows which) {
        int count = labels.length;
        return IntStream.range(0, count * Augmenter.ROWS_PER_IMAGE)
                .filter(row -> labels[row % count] == wanted)
                .filter(row -> which == LossRows.ALL || row / count % Rotation.COUNT == 0)
                .toArray();
    }
}
