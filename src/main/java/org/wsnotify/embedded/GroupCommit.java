package org.wsnotify.embedded;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Lets all who wait for the disk share a write: one of them writes what everybody changed so far, the others wait for
 * it.
 *
 * <p>Changes are numbered from 1. Safe for use by many threads; nobody writes at the same time as another.
 */
final class GroupCommit {

    private final LongSupplier writing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();
    private long durable;
    private boolean busy;

    /** @param writing brings all changes so far to the disk and gives the number of the last of them */
    GroupCommit(LongSupplier writing) {
        this.writing = writing;
    }

    /**
     * Returns when the change is on the disk. When the write of this caller fails, that is thrown, and another one may
     * try.
     */
    void await(long change) {
        if (mustWrite(change)) {
            write(writing);
        }
    }

    /** Writes in another way, as nobody else is writing. */
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
