package org.hscl.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;

/** Rotations by quarter turns: the shifting transformation of CSI, which makes a different identity of an image. */
public final class Rotation {

    /** The rotations by 0°, 90°, 180° and 270°. */
    public static final int COUNT = 4;

    private Rotation() {}

    /**
     * Rotates every image counter-clockwise.
     *
     * @param images (N, 3, H, H)
     * @param quarterTurns 0 … 3
     */
    public static NDArray apply(NDArray images, int quarterTurns) {
        return quarterTurns == 0 ? images : images.rotate90(quarterTurns, new int[] {2, 3});
    }

    /**
     * All four rotations, rotation-major.
     *
     * @param images (N, 3, H, H)
     * @return (4N, 3, H, H): [r0 (N), r1, r2, r3]
     */
    public static NDArray all(NDArray images) {
        NDList turned = new NDList();
        for (int r = 0; r < COUNT; r++) {
            turned.add(apply(images, r));
        }
        return NDArrays.concat(turned);
    }
}
