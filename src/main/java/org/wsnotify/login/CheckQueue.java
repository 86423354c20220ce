package org.wsnotify.login;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many passwords are checked at once, and how many callers wait for that, in the order in which they came.
 *
 * <p>Safe for use by many threads; the caller's thread waits. Whoever {@link #enter entered} must {@link #leave}. A
 * check that ran out of time keeps its place until it ends, so that a database that hangs holds no more than this many
 * threads. While all places are kept by such checks, nobody waits.
 */
final class CheckQueue {
    private final int most;
    private final int mostWaiting;
    private final Duration longestWait;
    private final Deque<Object> line = new ArrayDeque<>();
    private int running;
    private int overdue;

    CheckQueue(CheckLimits limits) {
        this.most = limits.atOnce();
        this.mostWaiting = limits.waiting();
        this.longestWait = limits.maxWait();
    }

    /**
     * Waits for a place.
     *
     * @return false when too many wait already, when it took too long, when every running check is overdue, or when the
     *     thread was interrupted
     */
    synchronized boolean enter() {
        if (running < most && line.isEmpty()) {
            running++;
            return true;
        }
        return line.size() < mostWaiting && !allOverdue() && awaitPlace();
    }

    private boolean awaitPlace() {
        Object place = new Object();
        line.add(place);
        try {
            long end = System.nanoTime() + longestWait.toNanos();
            while (running == most || line.peek() != place) {
                long left = end - System.nanoTime();
                if (left <= 0 || allOverdue()) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            running++;
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            line.remove(place);
            notifyAll();
        }
    }

    synchronized void leave() {
        running--;
        notifyAll();
    }

    /** A check ran out of time and keeps its place. */
    synchronized void becameOverdue() {
        overdue++;
        notifyAll();
    }

    /** A check that had run out of time ended; it leaves as well. */
    synchronized void overdueEnded() {
        overdue--;
    }

    /** Whether every place is kept by a check that ran out of time. */
    synchronized boolean allOverdue() {
        return overdue == most;
    }

    synchronized int overdue() {
        return overdue;
    }
}
