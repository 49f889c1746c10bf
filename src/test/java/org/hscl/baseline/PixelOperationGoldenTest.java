package org.hscl.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hscl.engine.SeededRandom;
import org.hscl.golden.Golden;
import org.junit.jupiter.api.Test;

class PixelOperationGoldenTest {

    private static final int SIZE = 32;
    /** Those that choose or map whole levels. */
    private static final Set<String> EXACT = Set.of("equalize", "posterize", "solarize", "invert", "shear_x", "shear_y",
            "translate_x", "translate_y", "rotate", "policy_translateX", "policy_translateY", "policy_rotate", "cutout16_at_5.5_29.25_gray127");

    @Test
    void everyOperationIsPillows() {
        try (Golden golden = Golden.read("baselines/augmentation_ops")) {
            int[] image = planes(golden.get("image"));
            int seen = 0;
            for (String name : golden.arrays().keySet()) {
                if (name.equals("image")) {
                    continue;
                }
                int[] expected = planes(golden.get(name));
                int[] made = made(name, image);
                double[] off = IntStream.range(0, made.length).mapToDouble(i -> Math.abs(made[i] - expected[i])).toArray();
                double worst = Arrays.stream(off).max().orElseThrow();
                if (name.startsWith("policy_shear")) { // bicubic there, bilinear here
                    assertTrue(Arrays.stream(off).average().orElseThrow() < 1.5, name + " " + Arrays.stream(off).average());
                    assertTrue(worst <= 8, name + " is off by " + worst);
                } else {
                    assertTrue(worst <= (EXACT.contains(name.split("/")[0]) ? 0 : 1), name + " is off by " + worst);
                }
                seen++;
            }
            assertTrue(seen > 40, seen + " operations");
        }
    }

    private static int[] made(String name, int[] image) {
        if (name.startsWith("cutout")) {
            return PixelGeometry.cutout(image, SIZE, 16, 5.5, 29.25, 127);
        }
        String[] parts = name.split("/");
        if (name.startsWith("policy_")) {
            String operation = parts[0].substring("policy_".length()).replaceAll("([XY])$", "_$1").toUpperCase(Locale.ROOT);
            return AutoAugment.apply(PixelOperation.valueOf(operation), Integer.parseInt(parts[1]), 1, image, SIZE);
        }
        return PixelOperation.valueOf(parts[0].toUpperCase(Locale.ROOT)).apply(image, SIZE, Double.parseDouble(parts[1]), 0);
    }

    /** Channels last to channels first. */
    private static int[] planes(NDArray image) {
        return IntStream.of(image.transpose(2, 0, 1).toType(DataType.INT32, true).toIntArray()).toArray();
    }

    @Test
    void theSameRandomnessGivesTheSameViewAndOtherRandomnessAnother() {
        int[] image = IntStream.range(0, 3 * SIZE * SIZE).map(i -> i * 7 % 256).toArray();
        for (AugmentationPolicy policy : List.of(AugmentationPolicy.cropAndFlip(), AugmentationPolicy.elsa(),
                AugmentationPolicy.fixMatch(), AugmentationPolicy.randAugment(2), new AutoAugment())) {
            int[] source = image.clone();
            assertArrayEquals(policy.view(image, SIZE, SeededRandom.at(3)), policy.view(image, SIZE, SeededRandom.at(3)));
            SplittableRandom random = SeededRandom.at(4);
            long different = IntStream.range(0, 40)
                    .mapToObj(i -> Arrays.hashCode(policy.view(image, SIZE, random))).distinct().count();
            assertTrue(different > 10, policy + " gave " + different);
            for (int i = 0; i < 40; i++) {
                for (int level : policy.view(image, SIZE, random)) {
                    assertTrue(level >= 0 && level <= 255, "level " + level);
                }
            }
            assertArrayEquals(source, image, "the source is left alone");
        }
    }

    @Test
    void aCropMovesAtMostAnEighthOfTheSide() {
        int[] image = new int[3 * SIZE * SIZE];
        image[16 * SIZE + 16] = 200;
        Set<Integer> rows = new java.util.TreeSet<>();
        SplittableRandom random = SeededRandom.at(1);
        for (int i = 0; i < 300; i++) {
            int[] view = AugmentationPolicy.cropAndFlip().view(image, SIZE, random);
            rows.add(IntStream.range(0, view.length).filter(p -> view[p] == 200).findFirst().orElseThrow() / SIZE);
        }
        assertEquals(List.of(12, 13, 14, 15, 16, 17, 18, 19, 20), List.copyOf(rows));
    }
}
