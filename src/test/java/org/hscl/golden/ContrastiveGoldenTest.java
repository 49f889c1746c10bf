package org.hscl.golden;

import ai.djl.ndarray.NDArray;
import org.hscl.loss.Differentiation;
import org.hscl.loss.SampleToSample;
import org.hscl.loss.ShiftClassification;
import org.junit.jupiter.api.Test;

class ContrastiveGoldenTest {

    @Test
    void sampleToSampleLossAndGradientMatch() {
        try (Golden golden = Golden.read("ntxent")) {
            NDArray z = golden.get("z");
            double temperature = golden.scalar("temperature");
            golden.assertLoss("loss", SampleToSample.loss(z, temperature));
            golden.assertGradient("grad_z", Differentiation.gradients(() -> SampleToSample.loss(z, temperature), z)[0]);
        }
    }

    @Test
    void shiftClassificationLossAndGradientMatch() {
        try (Golden golden = Golden.read("shift_ce")) {
            NDArray logits = golden.get("logits");
            NDArray labels = golden.get("labels");
            golden.assertLoss("loss", ShiftClassification.loss(logits, labels));
            golden.assertGradient(
                    "grad_logits", Differentiation.gradients(() -> ShiftClassification.loss(logits, labels), logits)[0]);
        }
    }
}
