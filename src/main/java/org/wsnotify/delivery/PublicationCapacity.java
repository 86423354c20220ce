package org.wsnotify.delivery;

import java.time.Duration;
import java.util.List;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * Bounds the publications that wait or are under way, and the memory that they take.
 *
 * <p>Safe for use by many threads; only {@link #awaitIdle} blocks.
 */
public final class PublicationCapacity {

    private final int most;
    private final long mostBytes;
    private int count;
    private long bytes;
    private int unanswered;

    /**
     * @param most most publications that wait or are under way
     * @param mostBytes about how much memory they may take together; a single larger one is alone
     */
    public PublicationCapacity(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /**
     * Takes the place of a publication.
     *
     * @param memory how many bytes it takes
     * @throws StoreUnavailableException there is no place; nothing was done
     */
    synchronized void enter(long memory) {
        if (count >= most || (count > 0 && bytes + memory > mostBytes)) {
            throw new StoreUnavailableException("too many publications wait for it", null);
        }
        count++;
        bytes += memory;
        unanswered++;
    }

    /** Frees the places of publications that are done, then answers them: who is told may come with the next one. */
    void end(List<WaitingPublication<?>> done) {
        synchronized (this) {
            count -= done.size();
            bytes -= done.stream().mapToLong(WaitingPublication::memory).sum();
        }
        try {
            done.forEach(WaitingPublication::tell);
        } finally {
            synchronized (this) {
                unanswered -= done.size();
                notifyAll();
            }
        }
    }

    /**
     * Waits until all were answered.
     *
     * @return false if the patience ended first
     */
    synchronized boolean awaitIdle(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); unanswered > 0; left = end - System.nanoTime()) {
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }
}
