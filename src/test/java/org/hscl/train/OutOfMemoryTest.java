package org.hscl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.junit.jupiter.api.Test;

class OutOfMemoryTest {

    private static final ComputeDevice GPU = new ComputeDevice(Device.gpu(0), "for the test");
    private static final EngineException FULL = new EngineException(
            "CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 7.79 GiB total capacity; 6.02 GiB already allocated)");

    private static String advice(EngineException failure, HsclConfig config) {
        RuntimeException explained = TrainingException.ofStep(failure, config, GPU);
        assertSame(failure, explained.getCause());
        return explained.getMessage();
    }

    @Test
    void theNextSmallerPowerOfTwoIsTheBatchSizeToTry() {
        assertEquals(
                "the memory of gpu(0) is too small for batch size 256; try batch size 128, or end other programs that use it",
                advice(FULL, HsclConfig.defaults().withBatchSize(256)));
        assertEquals(
                "the memory of gpu(0) is too small for batch size 200; try batch size 128, or end other programs that use it",
                advice(FULL, HsclConfig.defaults().withBatchSize(200)));
    }

    @Test
    void cudnnAndCublasSayItTheirOwnWay() {
        HsclConfig config = HsclConfig.defaults();
        advice(new EngineException("cuDNN error: CUDNN_STATUS_ALLOC_FAILED"), config);
        advice(new EngineException("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"), config);
    }

    @Test
    void theCpuAllocatorsOwnWordsAreKnown() {
        try (NDManager manager = Torch.engine().newBaseManager(Device.cpu())) {
            Shape petabytes = new Shape(1L << 25, 1L << 25);
            advice(assertThrows(EngineException.class, () -> manager.zeros(petabytes)), HsclConfig.defaults());
        }
    }

    @Test
    void anyOtherFailureGoesOnAsItIs() {
        EngineException other = new EngineException("mat1 and mat2 shapes cannot be multiplied");
        assertSame(other, TrainingException.ofStep(other, HsclConfig.defaults(), GPU));
    }
}
