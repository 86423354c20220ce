package org.wsnotify.servlet;

import java.util.Optional;
import org.wsnotify.problem.Problem;
import org.wsnotify.problem.ProblemCode;

/**
 * Refuses all requests when the application could not start, and after it has stopped: some servers accept requests a
 * little longer than there is anything to answer them.
 *
 * <p>Open at first. Safe for use by many threads.
 */
public final class AvailabilityGate {

    private static final long RETRY_SECONDS = 5;

    private static final Problem NOT_STARTED =
            Problem.of(ProblemCode.NOT_STARTED).retryAfter(RETRY_SECONDS).closing();

    private static final Problem STOPPED = Problem.of(
                    ProblemCode.STORE_UNAVAILABLE, "The server is stopping. Nothing was stored; repeat the request.")
            .retryAfter(RETRY_SECONDS)
            .closing();

    private volatile Optional<Problem> refusal = Optional.empty();

    /** Closes because the application could not start. */
    public void neverOpen() {
        refusal = Optional.of(NOT_STARTED);
    }

    /** Closes because the server stops. Requests that came before are finished. */
    public void close() {
        refusal = Optional.of(STOPPED);
    }

    /** Returns the answer to all requests; empty while the gate is open. */
    Optional<Problem> refusal() {
        return refusal;
    }
}
