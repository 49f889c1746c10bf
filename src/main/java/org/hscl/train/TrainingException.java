package org.hscl.train;

import ai.djl.engine.EngineException;
import java.util.regex.Pattern;
import org.hscl.engine.ComputeDevice;

/** A training that cannot go on; the message says where, why and what to do. */
public final class TrainingException extends RuntimeException {

    /** How CUDA, cuDNN, cuBLAS and PyTorch's CPU allocator say it. */
    private static final Pattern SAID = Pattern.compile("out of memory|_ALLOC_FAILED|can't allocate memory");

    /** One sentence. */
    public TrainingException(String message) {
        super(message);
    }

    /** One sentence, and what led to it. */
    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Explains a failed step: says which batch size to try where it found no memory.
     *
     * @param failure what the engine threw
     * @param config of the training
     * @return what to throw instead; the failure itself if it has another reason
     */
    static RuntimeException ofStep(EngineException failure, HsclConfig config, ComputeDevice device) {
        if (!SAID.matcher(String.valueOf(failure.getMessage())).find()) {
            return failure;
        }
        int batch = config.batchSize();
        String advice = batch > 1
                ? "try batch size " + Integer.highestOneBit(batch - 1)
                : "try a smaller width than " + config.encoder().width();
        return new TrainingException(
                "the memory of %s is too small for batch size %d; %s, or end other programs that use it"
                        .formatted(device.device(), batch, advice),
                failure);
    }
}
