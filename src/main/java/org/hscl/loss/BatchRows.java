package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.stream.IntStream;
import org.hscl.augment.Rotation;
import org.hscl.engine.Numbers;
import org.hscl.engine.Parcel;
import org.hscl.loss.LossConfig.LossRows;
import org.hscl.scenario.Label;

/**
 * Which rows of a batch are what, known on the host so that no step asks the device.
 *
 * @param normalThenUnlabeled rows of labeled normal images, then of unlabeled ones
 * @param labeledNormal how many of these are labeled normal
 * @param abnormal rows of labeled abnormal images
 */
public record BatchRows(int[] normalThenUnlabeled, int labeledNormal, int[] abnormal) {

    private static final String NORMAL_THEN_UNLABELED = "rows of normal and unlabeled images";
    private static final String ABNORMAL = "rows of abnormal images";

    /**
     * The same rows on the device.
     *
     * @param normalThenUnlabeled int64, (N)
     * @param labeledNormal how many of these are labeled normal
     * @param abnormal int64, (A)
     */
    public record OnDevice(NDArray normalThenUnlabeled, int labeledNormal, NDArray abnormal) {

        boolean hasNormal() {
            return normalThenUnlabeled.size() > 0;
        }

        boolean hasAbnormal() {
            return abnormal.size() > 0;
        }
    }

    /**
     * The rows of B images, of which each fills eight rows, or two where none is rotated: view-major, then rotation-major, then image.
     *
     * @param labels what training may know of each image, (B)
     * @param which all rows, or only those that are not rotated
     */
    public static BatchRows of(Label[] labels, LossRows which) {
        int[] normal = rows(labels, Label.NORMAL, which);
        int[] unlabeled = rows(labels, Label.UNLABELED, which);
        int[] both = IntStream.concat(IntStream.of(normal), IntStream.of(unlabeled)).toArray();
        return new BatchRows(both, normal.length, rows(labels, Label.ABNORMAL, which));
    }

    private static int[] rows(Label[] labels, Label wanted, LossRows which) {
        int count = labels.length;
        return IntStream.range(0, count * which.ofImage())
                .filter(row -> labels[row % count] == wanted)
                .filter(row -> which != LossRows.UNROTATED || row / count % Rotation.COUNT == 0)
                .toArray();
    }

    /** Puts what the device needs of it, N + A numbers. */
    public Parcel put(Parcel parcel) {
        return parcel.put(NORMAL_THEN_UNLABELED, normalThenUnlabeled).put(ABNORMAL, abnormal);
    }

    /** Sends them alone. */
    public OnDevice send(NDManager manager) {
        return take(put(new Parcel()).send(manager), manager);
    }

    /**
     * Takes them from a parcel.
     *
     * @param sent where {@link #put} has put them
     * @param owner of the result
     */
    public OnDevice take(Numbers sent, NDManager owner) {
        NDArray normal = sent.takeRows(NORMAL_THEN_UNLABELED, owner, normalThenUnlabeled.length);
        return new OnDevice(normal, labeledNormal, sent.takeRows(ABNORMAL, owner, abnormal.length));
    }
}
