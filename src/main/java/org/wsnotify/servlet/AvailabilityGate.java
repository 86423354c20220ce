package org.wsnotify.servlet;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.wsnotify.problem.Problem;
import org.wsnotify.problem.ProblemCode;

/**
 * Refuses all requests when the application could not start, and from the end of its stop on: some servers accept
 * requests a little longer than there is anything to answer them. WebSockets, and what SockJS clients ask first, it
 * refuses as soon as the stop begins.
 *
 * <p>Open at first. Safe for use by many threads; only {@link #awaitIdle} blocks.
 */
public final class AvailabilityGate {

    private static final long RETRY_SECONDS = 5;

    private static final Problem NOT_STARTED =
            Problem.of(ProblemCode.NOT_STARTED).retryAfter(RETRY_SECONDS).closing();

    private static final Problem STOPPED = stopping("Nothing was stored; repeat the request.");
    private static final Problem NO_SESSIONS = stopping("Connect again.");

    private volatile Optional<Problem> sessionRefusal = Optional.empty();
    private volatile Optional<Problem> refusal = Optional.empty();

    /** One party is each request, and one is who waits for them. */
    private final Phaser underWay = new Phaser(1);

    private static Problem stopping(String advice) {
        return Problem.of(ProblemCode.STORE_UNAVAILABLE, "The server is stopping. " + advice)
                .retryAfter(RETRY_SECONDS)
                .closing();
    }

    /** Closes because the application could not start. */
    public void neverOpen() {
        refusal = Optional.of(NOT_STARTED);
    }

    /**
     * Refuses WebSockets, and what SockJS clients ask first, because the server stops. Other requests go on. A load
     * balancer can give a handshake with this answer to another server.
     */
    public void refuseSessions() {
        sessionRefusal = Optional.of(NO_SESSIONS);
    }

    /** Closes because the server stops. Requests that came before go on. */
    public void close() {
        refusal = Optional.of(STOPPED);
    }

    /**
     * Waits until the threads of the server have left all requests that came before the gate was closed. Those with an
     * asynchronous answer may still wait for it. Is called once, after {@link #close}.
     *
     * @return false if the patience ended first
     */
    public boolean awaitIdle(Duration patience) throws InterruptedException {
        try {
            underWay.awaitAdvanceInterruptibly(underWay.arrive(), patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /**
     * Lets a request in, which {@link #leave leaves} at its end.
     *
     * @return the answer to the request if the gate is closed; then it is not in
     */
    Optional<Problem> enter() {
        underWay.register(); // before it looks: whoever closes the gate then waits for it
        Optional<Problem> closed = refusal;
        if (closed.isPresent()) {
            leave();
        }
        return closed;
    }

    /** Returns the answer to a request that begins a session, if sessions are refused. */
    Optional<Problem> sessionRefusal() {
        return sessionRefusal;
    }

    /** The thread of a request leaves it. */
    void leave() {
        underWay.arriveAndDeregister();
    }
}
