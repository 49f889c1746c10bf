package org.hscl.train;

/** A training that cannot go on; the message says where, why and what to do. */
public final class TrainingException extends RuntimeException {

    /** One sentence. */
    public TrainingException(String message) {
        super(message);
    }

    /** One sentence, and what led to it. */
    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
