package org.wsnotify.login;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds how many passwords are checked at once, and how many callers wait for that, in the order in which they came.
 *
 * <p>Safe for use by many threads; the caller's thread waits. Whoever {@link #enter entered} must {@link #leave}.
 */
final class CheckQueue {
    private final Semaphore checks;
    private final AtomicInteger waiting = new AtomicInteger();
    private final int mostWaiting;
    private final Duration longestWait;

    CheckQueue(LoginLimits limits) {
        this.checks = new Semaphore(limits.checksAtOnce(), true);
        this.mostWaiting = limits.checksWaiting();
        this.longestWait = limits.longestWait();
    }

    /** Waits for a place; false when too many wait already, when it took too long, or when the thread was interrupted. */
    boolean enter() {
        if (checks.tryAcquire()) {
            return true;
        }
        try {
            return waiting.incrementAndGet() <= mostWaiting
                    && checks.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }

    void leave() {
        checks.release();
    }

    int waiting() {
        return waiting.get();
    }
}
