package org.hscl.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.hscl.augment.ColorJitter;
import org.hscl.augment.Flip;
import org.hscl.augment.Grayscale;
import org.hscl.augment.InceptionCrop;
import org.hscl.augment.Rotation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AugmentGoldenTest {

    private static Golden golden;

    @BeforeAll
    static void read() {
        golden = Golden.read("augment");
    }

    @AfterAll
    static void close() {
        golden.close();
    }

    @Test
    void cropMatchesGridSampling() {
        NDArray p = golden.get("crop_w_h_bx_by");
        var draw = new InceptionCrop.Parameters(
                p.get(":, 0").toFloatArray(), p.get(":, 1").toFloatArray(), p.get(":, 2").toFloatArray(), p.get(":, 3").toFloatArray());
        check("cropped", draw.on(x()), 1e-5);
    }

    @Test
    void contrastMatches() {
        check("contrast", ColorJitter.contrast(x(), column(golden.floats("contrast_factor"))), 1e-5);
    }

    @Test
    void hueSaturationAndValueMatch() {
        float[] turns = golden.get("hue_shift").mul(255f / 360).toFloatArray(); // recorded in the released code's unit
        NDArray hsv =
                ColorJitter.hsv(
                        x(), column(turns), column(golden.floats("saturation_factor")), column(golden.floats("value_factor")));
        check("hsv", hsv, 1e-4);
    }

    @Test
    void grayscaleMatches() {
        check("gray", new Grayscale.Chosen(all()).on(x()), 1e-5);
    }

    @Test
    void flipMatches() {
        check("flipped", new Flip("flips", all()).on(x()), 1e-5);
    }

    @Test
    void rotationsTurnTheSameWay() {
        for (int r = 1; r < Rotation.COUNT; r++) {
            check("rot" + r, Rotation.apply(x(), r), 1e-5);
        }
    }

    /** (N, 1, 1, 1). */
    private static NDArray column(float[] values) {
        return x().getManager().create(values, new Shape(values.length, 1, 1, 1));
    }

    private static NDArray x() {
        return golden.get("x");
    }

    private static boolean[] all() {
        boolean[] all = new boolean[(int) x().getShape().get(0)];
        Arrays.fill(all, true);
        return all;
    }

    private static void check(String name, NDArray actual, double tolerance) {
        golden.assertClose(name, actual, tolerance);
    }
}
