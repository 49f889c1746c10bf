package org.hscl.engine;

/** PyTorch cannot start here; the message says why and what to do. */
public final class EngineStartException extends RuntimeException {

    /** One sentence, and what led to it. */
    public EngineStartException(String message, Throwable cause) {
        super(message, cause);
    }

    /** One sentence. */
    public EngineStartException(String message) {
        super(message);
    }
}
