package org.hscl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.jspecify.annotations.Nullable;

/**
 * In which numbers the convolutional trunk computes. Weights, running statistics, heads, losses and Adam are float32 in either:
 * what changes is what convolution, batch normalization, ReLU and addition pass on, 8 bits of mantissa instead of 24.
 *
 * <p>DJL has no such data type, and asking an array of it for its type ends the process. So the casts are two scripted functions
 * of PyTorch, made by {@code src/main/python/casts.py}, through which gradients flow; such arrays never leave this package.
 */
public enum Precision {
    /** The paper's, exact to about 1e-6. */
    FLOAT32,
    /** Half the memory traffic, and more arithmetic a cycle where the processor has it; exact to about 1e-2. */
    BFLOAT16;

    /** What {@code --precision} and {@link #of} take for {@link #auto}. */
    public static final String AUTO = "auto";

    /** bfloat16 where the device computes in it, float32 elsewhere. */
    public static Precision auto(ComputeDevice device) {
        return device.hasBfloat16() ? BFLOAT16 : FLOAT32;
    }

    /**
     * A precision by its name.
     *
     * @param name {@code auto}, {@code float32} or {@code bfloat16}
     * @param device decides for {@code auto}
     * @throws IllegalArgumentException if it is none of these
     */
    public static Precision of(String name, ComputeDevice device) {
        if (name.equals(AUTO)) {
            return auto(device);
        }
        return Arrays.stream(values())
                .filter(precision -> precision.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "precision is '" + name + "'; give auto, float32 or bfloat16"));
    }

    /** Such as {@code bfloat16}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Arrays as the trunk takes them, within the gradient's reach; all in one call, since each costs more than a small cast.
     *
     * @return float32 arrays themselves in {@link #FLOAT32}, else new ones that belong to their manager
     */
    List<NDArray> lower(List<NDArray> arrays) {
        return this == FLOAT32 ? arrays : Casts.apply(Casts.TO_BFLOAT16, arrays);
    }

    /** What {@link #lower} gave, or what the trunk made of it, in float32 again; may be the argument itself. */
    NDArray raise(NDArray array) {
        return this == FLOAT32 ? array : Casts.apply(Casts.TO_FLOAT32, List.of(array)).get(0);
    }

    /** The scripted functions, loaded when the first array is cast. */
    private static final class Casts {

        static final PtSymbolBlock TO_BFLOAT16 = load("bfloat16.pt");
        static final PtSymbolBlock TO_FLOAT32 = load("float32.pt");

        /** DJL keeps gradients only in the call that takes its inputs by their names; this one stands for a list. */
        private static final String LIST = "x[]";

        static List<NDArray> apply(PtSymbolBlock function, List<NDArray> arrays) {
            List<@Nullable String> names = new ArrayList<>(); // some have none
            arrays.forEach(array -> names.add(array.getName()));
            arrays.forEach(array -> array.setName(LIST));
            try {
                return IValueUtils.forward(function, new NDList(arrays), true);
            } finally {
                for (int i = 0; i < arrays.size(); i++) {
                    arrays.get(i).setName(names.get(i));
                }
            }
        }

        private static PtSymbolBlock load(String file) {
            try (InputStream stream = Precision.class.getResourceAsStream(file)) {
                PtNDManager forever = (PtNDManager) Torch.engine().newBaseManager();
                return JniUtils.loadModule(forever, stream, false, false);
            } catch (IOException e) {
                throw new UncheckedIOException("the library's " + file + " cannot be read: " + e.getMessage(), e);
            }
        }
    }
}
