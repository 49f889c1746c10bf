package org.hscl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.hscl.data.ImageSet;
import org.hscl.data.RandomImages;
import org.hscl.engine.Torch;
import org.junit.jupiter.api.Test;

class DeviceImagesTest {

    @Test
    void batchHoldsTheChosenImagesAsPartsOf255AndNothingElseIsLeft() {
        ImageSet images = RandomImages.set(5, 4, 1);
        try (NDManager manager = Torch.engine().newBaseManager();
                DeviceImages onDevice = new DeviceImages(images, manager);
                NDManager scratch = manager.newSubManager()) {
            int before = manager.getManagedArrays().size();
            NDArray batch = onDevice.batch(new int[] {3, 0, 3}, scratch);
            assertEquals(new Shape(3, 3, 4, 4), batch.getShape());
            float[] values = batch.toFloatArray();
            int[] rows = {3, 0, 3};
            for (int i = 0; i < values.length; i++) {
                int expected = images.pixels()[rows[i / 48] * 48 + i % 48] & 0xFF;
                assertEquals(expected / 255f, values[i], 1e-7f);
            }
            assertEquals(1, scratch.getManagedArrays().size());
            assertEquals(before + 1, manager.getManagedArrays().size());
        }
    }
}
