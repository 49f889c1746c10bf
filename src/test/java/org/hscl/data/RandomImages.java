package org.hscl.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import org.hscl.engine.SeededRandom;

/** Noise in place of images, for tests. */
public final class RandomImages {

    private RandomImages() {}

    /** (count, 3, size, size), uniform in [0, 1). */
    public static NDArray batch(NDManager manager, int count, int size, long seed) {
        float[] values = SeededRandom.uniform(count * 3 * size * size, 0, 1, new SplittableRandom(seed));
        return manager.create(values, new Shape(count, 3, size, size));
    }

    /** An image set of one class. */
    public static ImageSet set(int count, int size, long seed) {
        byte[] pixels = new byte[count * 3 * size * size];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(256);
        }
        return new ImageSet("noise", "test", size, pixels, new int[count], List.of("noise"));
    }
}
