package org.wsnotify.servlet;

/**
 * Whether requests are let in. Closed at the end of a stop: some servers take requests a little longer, and nothing is there any more to answer
 * them. Safe for use by many threads.
 */
public final class Gate {

    private volatile boolean closed;

    /** Lets nobody in any more. */
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
