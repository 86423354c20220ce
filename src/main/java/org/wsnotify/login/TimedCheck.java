package org.wsnotify.login;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One check of a login, on its own thread. Its caller waits until a deadline at most.
 *
 * <p>A check cannot be stopped, because a read from a database's socket ignores interrupts. It keeps its place in the
 * {@link CheckQueue} until it ends, and its result still counts for the limits. Used once.
 */
final class TimedCheck implements Runnable {
    private final Supplier<LoginResult> check;
    private final CheckQueue queue;
    private final CountDownLatch ended = new CountDownLatch(1);
    private LoginResult result = new LoginResult.Unavailable();
    private boolean done;
    private boolean overdue;

    /** @param check never throws; its caller has entered the queue */
    TimedCheck(Supplier<LoginResult> check, CheckQueue queue) {
        this.check = check;
        this.queue = queue;
    }

    @Override
    public void run() {
        try {
            LoginResult found = check.get();
            synchronized (this) {
                result = found;
            }
        } finally {
            end();
        }
    }

    private synchronized void end() {
        done = true;
        if (overdue) {
            queue.overdueEnded();
        }
        queue.leave();
        ended.countDown();
    }

    /** Returns the result; empty if the check did not end in time, or if the thread was interrupted. */
    Optional<LoginResult> await(Duration longest) {
        try {
            ended.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return resultOrOverdue();
    }

    private synchronized Optional<LoginResult> resultOrOverdue() {
        if (done) {
            return Optional.of(result);
        }
        overdue = true;
        queue.becameOverdue();
        return Optional.empty();
    }
}
