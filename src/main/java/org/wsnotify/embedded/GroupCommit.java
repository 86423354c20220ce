package org.wsnotify.embedded;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Lets waiting callers share a write to the disk: one of them writes all changes so far, and the others wait for it.
 *
 * <p>Changes are numbered from 1. Safe for use by many threads. Only one thread writes at a time.
 */
final class GroupCommit {

    private final LongSupplier writing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();
    private long durable;
    private boolean busy;

    /** @param writing writes all changes so far to the disk and returns the number of the last one */
    GroupCommit(LongSupplier writing) {
        this.writing = writing;
    }

    /**
     * Returns when the change is on the disk. If this caller writes and fails, the exception is thrown, and the next
     * caller tries again.
     */
    void await(long change) {
        if (mustWrite(change)) {
            write(writing);
        }
    }

    /** Writes in another way, while no other thread writes. */
    void alone(LongSupplier otherWriting) {
        mustWrite(Long.MAX_VALUE);
        write(otherWriting);
    }

    private boolean mustWrite(long change) {
        lock.lock();
        try {
            while (durable < change && busy) {
                written.awaitUninterruptibly();
            }
            if (durable >= change) {
                return false;
            }
            busy = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void write(LongSupplier how) {
        long upTo = 0;
        try {
            upTo = how.getAsLong();
        } finally {
            lock.lock();
            try {
                durable = Math.max(durable, upTo);
                busy = false;
                written.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
