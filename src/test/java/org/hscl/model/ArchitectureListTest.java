package org.hscl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import org.hscl.data.Json;
import org.hscl.data.RandomImages;
import org.hscl.engine.ManagerTest;
import org.junit.jupiter.api.Test;

/** The networks that an encoder's configuration can name. */
class ArchitectureListTest extends ManagerTest {

    private static final EncoderConfig SMALL = EncoderConfig.defaults().withWidth(2).withProjectionDimensions(5);

    @Test
    void eachListedOneEncodesFoldsAndCopies() {
        NDArray images = RandomImages.batch(manager, 3, 32, 1);
        Encoder.architectures().keySet().forEach(name -> {
            try (Encoder encoder = Encoder.create(SMALL.withArchitecture(name), 1, manager);
                    Encoder copy = encoder.copy(manager);
                    Encoder folded = encoder.folded(manager)) {
                float[] expected = encoder.forward(images, false).projection().toFloatArray();
                assertEquals(3 * 5, expected.length, name);
                float[] ofCopy = copy.forward(images, false).projection().toFloatArray();
                float[] ofFolded = folded.forward(images, false).projection().toFloatArray();
                for (int i = 0; i < expected.length; i++) {
                    assertEquals(expected[i], ofCopy[i], name);
                    assertEquals(expected[i], ofFolded[i], 1e-4, name);
                }
            }
        });
    }

    @Test
    void resNet34HasItsBlocks() {
        try (Encoder shallow = Encoder.create(SMALL, 1, manager);
                Encoder deep = Encoder.create(SMALL.withArchitecture("resnet34"), 1, manager)) {
            assertTrue(deep.weights().has("layer3.5.conv2.weight"));
            assertEquals(16, convolutions(shallow));
            assertEquals(32, convolutions(deep));
        }
    }

    /** Those of the blocks, without shortcuts: 18 and 34 layers less the first convolution and the last linear one. */
    private static long convolutions(Encoder encoder) {
        return encoder.weights().names().stream().filter(name -> name.matches("layer.*\\.conv\\d\\.weight")).count();
    }

    @Test
    void anUnknownOneIsNamedAndAnOldFileMeansThePapers() {
        var failure = assertThrows(
                IllegalArgumentException.class, () -> Encoder.create(SMALL.withArchitecture("vgg"), 1, manager));
        assertTrue(failure.getMessage().contains("'vgg'; choose one of resnet18, resnet34"), failure.getMessage());
        String old = "{\"width\":2,\"inputSize\":32,\"projectionDimensions\":5,\"prototypes\":1}";
        assertEquals(SMALL, Json.read(old, EncoderConfig.class, "a test"));
    }
}
