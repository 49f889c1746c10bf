package org.hscl.baseline;

import static org.hscl.baseline.PixelOperation.AUTOCONTRAST;
import static org.hscl.baseline.PixelOperation.BRIGHTNESS;
import static org.hscl.baseline.PixelOperation.COLOR;
import static org.hscl.baseline.PixelOperation.CONTRAST;
import static org.hscl.baseline.PixelOperation.EQUALIZE;
import static org.hscl.baseline.PixelOperation.IDENTITY;
import static org.hscl.baseline.PixelOperation.POSTERIZE;
import static org.hscl.baseline.PixelOperation.ROTATE;
import static org.hscl.baseline.PixelOperation.SHARPNESS;
import static org.hscl.baseline.PixelOperation.SHEAR_X;
import static org.hscl.baseline.PixelOperation.SHEAR_Y;
import static org.hscl.baseline.PixelOperation.SOLARIZE;
import static org.hscl.baseline.PixelOperation.TRANSLATE_X;
import static org.hscl.baseline.PixelOperation.TRANSLATE_Y;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import org.hscl.data.ImageSet;
import org.hscl.engine.SeededRandom;

/** A random view of one image, drawn from a pool of {@link PixelOperation}s. */
@FunctionalInterface
interface AugmentationPolicy {

    /** All of RandAugment's (Cubuk et al. 2020) that FixMatch and Aug-LNL draw from. */
    List<PixelOperation> FOURTEEN = List.of(IDENTITY, AUTOCONTRAST, EQUALIZE, BRIGHTNESS, COLOR, CONTRAST, SHARPNESS, POSTERIZE,
            SOLARIZE, ROTATE, SHEAR_X, SHEAR_Y, TRANSLATE_X, TRANSLATE_Y);

    /**
     * A view.
     *
     * @param image levels 0 … 255, channel after channel, (3 · S²)
     * @param size S
     */
    int[] view(int[] image, int size, SplittableRandom random);

    /** Another policy after this one. */
    default AugmentationPolicy then(AugmentationPolicy next) {
        return (image, size, random) -> next.view(view(image, size, random), size, random);
    }

    /**
     * Views of a batch.
     *
     * @param rows images of the set, (B)
     * @param manager owns the result
     * @return (B, 3, S, S) in [0, 1]
     */
    default NDArray views(ImageSet set, int[] rows, SplittableRandom random, NDManager manager) {
        int stride = set.stride();
        float[] values = new float[rows.length * stride];
        int[] image = new int[stride];
        for (int i = 0; i < rows.length; i++) {
            for (int p = 0; p < stride; p++) {
                image[p] = set.pixels()[rows[i] * stride + p] & 0xFF;
            }
            int[] view = view(image, set.size(), random);
            for (int p = 0; p < stride; p++) {
                values[i * stride + p] = view[p] / 255f;
            }
        }
        return manager.create(values, new Shape(rows.length, 3, set.size(), set.size()));
    }

    /** DivideMix's weak view: up to an eighth of the side moved within a black border, mirrored or not. */
    static AugmentationPolicy cropAndFlip() {
        return (image, size, random) -> {
            int border = size / 8;
            int[] moved = TRANSLATE_X.apply(image, size, random.nextInt(2 * border + 1) - border, 0);
            int[] placed = TRANSLATE_Y.apply(moved, size, random.nextInt(2 * border + 1) - border, 0);
            return random.nextBoolean() ? mirror(placed, size) : placed;
        };
    }

    private static int[] mirror(int[] image, int size) {
        int[] mirrored = new int[image.length];
        for (int i = 0; i < image.length; i++) {
            mirrored[i] = image[i - i % size + size - 1 - i % size];
        }
        return mirrored;
    }

    /** What Elsa's early stopping takes for anomalies: 12 of 13 operations, each done with probability .8; no rotation. */
    static AugmentationPolicy elsa() {
        List<PixelOperation> pool = FOURTEEN.stream().filter(operation -> operation != ROTATE).toList();
        return (image, size, random) -> {
            int[] view = image;
            int[] order = SeededRandom.permutation(pool.size(), random);
            for (int i = 0; i < pool.size() - 1; i++) {
                int m = 1 + random.nextInt(4);
                int sign = random.nextBoolean() ? 1 : -1;
                PixelOperation operation = pool.get(order[i]);
                double parameter = switch (operation) {
                    case BRIGHTNESS, COLOR, CONTRAST, SHARPNESS -> 0.01 + 0.099 * m;
                    case POSTERIZE -> 8;
                    case SHEAR_X, SHEAR_Y -> sign * (0.3 - 0.03 * m);
                    case TRANSLATE_X, TRANSLATE_Y -> sign * (int) (size * (0.3 - 0.03 * m));
                    case SOLARIZE -> 256 - (int) (25.6 * m);
                    default -> 0;
                };
                view = random.nextDouble() < 0.8 ? operation.apply(view, size, parameter, 0) : view;
            }
            return random.nextDouble() < 0.2 ? cut(view, size, size / 2.0, random, 127) : view;
        };
    }

    /** FixMatch's strong view after its crop and flip: two of 14, each done with probability ½, and a square cut out. */
    static AugmentationPolicy fixMatch() {
        return (image, size, random) -> {
            int[] view = image;
            for (int i = 0; i < 2; i++) {
                int m = 1 + random.nextInt(9);
                int sign = random.nextBoolean() ? 1 : -1;
                PixelOperation operation = FOURTEEN.get(random.nextInt(FOURTEEN.size()));
                double parameter = switch (operation) {
                    case BRIGHTNESS, COLOR, CONTRAST, SHARPNESS -> 0.05 + 0.09 * m;
                    case POSTERIZE -> 4 + (int) (0.4 * m);
                    case ROTATE -> sign * 3 * m;
                    case SHEAR_X, SHEAR_Y -> sign * 0.03 * m;
                    case TRANSLATE_X, TRANSLATE_Y -> sign * (int) (0.03 * m * size);
                    case SOLARIZE -> 256 - (int) (25.6 * m);
                    default -> 0;
                };
                view = random.nextBoolean() ? operation.apply(view, size, parameter, 0) : view;
            }
            return cut(view, size, size / 2.0, random, 127);
        };
    }

    /** Aug-LNL's RandAugment: so many of 14, of any strength, and a square of any size up to half cut out. */
    static AugmentationPolicy randAugment(int count) {
        return (image, size, random) -> {
            int[] view = image;
            for (int i = 0; i < count; i++) {
                PixelOperation operation = FOURTEEN.get(random.nextInt(FOURTEEN.size()));
                double part = random.nextDouble();
                double parameter = switch (operation) {
                    case BRIGHTNESS, COLOR, CONTRAST, SHARPNESS -> 0.05 + 0.9 * part;
                    case POSTERIZE -> (int) (4 + 4 * part);
                    case ROTATE -> 60 * part - 30;
                    case SHEAR_X, SHEAR_Y -> 0.6 * part - 0.3;
                    case TRANSLATE_X, TRANSLATE_Y -> (0.6 * part - 0.3) * size;
                    case SOLARIZE -> 256 * part;
                    default -> 0;
                };
                view = operation.apply(view, size, parameter, 0);
            }
            return cut(view, size, 0.5 * random.nextDouble() * size, random, 125, 123, 114);
        };
    }

    private static int[] cut(int[] image, int size, double side, SplittableRandom random, int... levels) {
        return PixelGeometry.cutout(
                image, size, side, size * random.nextDouble(), size * random.nextDouble(), levels);
    }
}
