package org.wsnotify.servlet;

/**
 * Whether requests are let in. Closed where the application could not start, and at the end of a stop: some servers
 * take requests a little longer, and nothing is there any more to answer them. Safe for use by many threads.
 */
public final class AvailabilityGate {

    private volatile State state = State.OPEN;

    enum State {
        OPEN,
        NOT_STARTED,
        STOPPED
    }

    /** Lets nobody in, from the start on. */
    public void neverOpen() {
        state = State.NOT_STARTED;
    }

    /** Lets nobody in any more. */
    public void close() {
        state = State.STOPPED;
    }

    State state() {
        return state;
    }
}
