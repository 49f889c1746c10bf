package org.hscl.loss;

/** Numbers that went wrong: NaN or infinite values where finite ones are needed. */
public final class NotFiniteException extends IllegalArgumentException {

    /** One sentence that says which numbers. */
    public NotFiniteException(String message) {
        super(message);
    }
}
