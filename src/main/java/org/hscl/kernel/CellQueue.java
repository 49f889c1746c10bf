package org.hscl.kernel;

import io.github.spencerpark.jupyter.messages.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** Which requests were waiting when a cell failed or was interrupted. */
final class CellQueue {

    private volatile Instant failure = Instant.EPOCH;

    /** How much later this clock is than the client's, transport included: the least that was seen. */
    private volatile Duration skew = ChronoUnit.FOREVER.getDuration();

    /** A cell has failed now. */
    void failed() {
        failure = Instant.now();
    }

    /** Whether a request was sent before the last failure; the client's clock may be another one. */
    boolean isBehindAFailure(Message<?> request) {
        Instant sent;
        try { // the base's own parser fails on the microseconds that clients send
            sent = OffsetDateTime.parse(request.getHeader().getTimestamp().getDateString()).toInstant();
        } catch (DateTimeParseException e) {
            return false;
        }
        Duration late = Duration.between(sent, Instant.now());
        skew = late.compareTo(skew) < 0 ? late : skew;
        return sent.plus(skew).isBefore(failure);
    }
}
