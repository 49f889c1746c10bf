package org.hscl.golden;

import org.hscl.model.Encoder;
import org.hscl.model.Layout;
import org.hscl.model.ResNetEncoder;
import org.junit.jupiter.api.Test;

class EncoderGoldenTest {

    /** A tenth of what is asked for: an untrained network's outputs differ little from one image to the next. */
    private static final double TOLERANCE = 1e-5;

    @Test
    void outputsInEvaluationModeMatch() {
        try (Golden golden = Golden.read("encoder_w8");
                ResNetEncoder encoder = GoldenEncoder.from(golden, "init/")) {
            check(golden, encoder);
        }
    }

    @Test
    void outputsMatchWithChannelsLast() {
        try (Golden golden = Golden.read("encoder_w8");
                ResNetEncoder encoder = GoldenEncoder.from(golden, "init/")) {
            check(golden, encoder.withLayout(Layout.CHANNELS_LAST));
        }
    }

    @Test
    void foldedOutputsMatchToo() {
        try (Golden golden = Golden.read("encoder_w8");
                ResNetEncoder encoder = GoldenEncoder.from(golden, "init/");
                Encoder folded = encoder.folded(golden.manager())) {
            check(golden, folded);
        }
    }

    private static void check(Golden golden, Encoder encoder) {
        Encoder.Output output = encoder.forward(golden.get("x_eval"), false);
        golden.assertClose("eval_penultimate", output.penultimate(), TOLERANCE);
        golden.assertClose("eval_projection", output.projection(), TOLERANCE);
        golden.assertClose("eval_shift", output.shift(), TOLERANCE);
    }
}
