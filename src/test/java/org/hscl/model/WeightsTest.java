package org.hscl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import org.hscl.engine.Torch;
import org.junit.jupiter.api.Test;

class WeightsTest {

    private static final EncoderConfig CONFIG = EncoderConfig.defaults().withWidth(2).withProjectionDimensions(8);

    @Test
    void copiesAndFoldedCopiesKeepTheirValuesWhileTheOriginalLearnsOn() {
        try (NDManager manager = Torch.engine().newBaseManager();
                Encoder original = Encoder.create(CONFIG, 1, manager)) {
            original.weights().requireGradients();
            Encoder copy = original.copy(manager);
            Encoder folded = original.folded(manager);
            assertEquals(original.weights().sha256(), copy.weights().sha256());
            String before = folded.weights().sha256();
            for (String name : original.weights().names()) {
                try (var values = original.weights().get(name).stopGradient()) {
                    values.addi(1);
                }
            }
            assertNotEquals(original.weights().sha256(), copy.weights().sha256());
            assertEquals(before, folded.weights().sha256());
        }
    }

    @Test
    void oneValueThatIsNoNumberIsNoticed() {
        try (NDManager manager = Torch.engine().newBaseManager();
                Encoder encoder = Encoder.create(CONFIG, 1, manager)) {
            assertTrue(encoder.weights().areFinite());
            for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
                try (Encoder broken = encoder.copy(manager)) {
                    broken.weights().get("layer3.1.bn2.running_var").set(new float[] {bad, 1, 1, 1, 1, 1, 1, 1});
                    assertFalse(broken.weights().areFinite());
                }
            }
        }
    }
}
