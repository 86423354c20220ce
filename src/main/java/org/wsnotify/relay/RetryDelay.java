package org.wsnotify.relay;

/** How long to wait after each failure in a row. Used by one thread at a time. */
final class RetryDelay {

    private static final long FIRST_MILLIS = 250;
    private static final long LONGEST_MILLIS = 1_000;

    private long next = FIRST_MILLIS;

    /** Returns the milliseconds to wait after this failure. */
    long afterFailure() {
        long now = next;
        next = Math.min(2 * now, LONGEST_MILLIS);
        return now;
    }

    void succeeded() {
        next = FIRST_MILLIS;
    }
}
