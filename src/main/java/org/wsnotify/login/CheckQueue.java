package org.wsnotify.login;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Limits how many logins are checked at once, and how many callers wait for a check. They wait in the order of arrival.
 *
 * <p>Safe for use by many threads; {@link #enter} blocks the caller. Each caller that entered must {@link #leave}. A
 * check that exceeds its time keeps its place until it ends, so a database that hangs never holds more threads than
 * there are places. While such checks hold all places, nobody waits.
 */
final class CheckQueue {
    private final int places;
    private final int maxWaiting;
    private final Duration maxWait;
    private final Deque<Object> line = new ArrayDeque<>();
    private int running;
    private int overdue;

    CheckQueue(CheckLimits limits) {
        this.places = limits.atOnce();
        this.maxWaiting = limits.waiting();
        this.maxWait = limits.maxWait();
    }

    /**
     * Waits for a place and takes it.
     *
     * @return false if too many callers wait already, if the wait takes too long, if every running check is overdue, or
     *     if the thread is interrupted
     */
    synchronized boolean enter() {
        if (running < places && line.isEmpty()) {
            running++;
            return true;
        }
        return line.size() < maxWaiting && !allOverdue() && awaitPlace();
    }

    private boolean awaitPlace() {
        Object place = new Object();
        line.add(place);
        try {
            long end = System.nanoTime() + maxWait.toNanos();
            while (running == places || line.peek() != place) {
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

    /** Records that a check has exceeded its time; it keeps its place. */
    synchronized void becameOverdue() {
        overdue++;
        notifyAll();
    }

    /** Records that an overdue check has ended. It also calls {@link #leave}. */
    synchronized void overdueEnded() {
        overdue--;
    }

    /** Returns whether overdue checks hold all places. */
    synchronized boolean allOverdue() {
        return overdue == places;
    }

    synchronized int overdue() {
        return overdue;
    }
}
